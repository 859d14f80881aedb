// Package documented holds the documented session sequences as transcript files.
//
// documented-session is the session as RFC 6241 has it, documented-session-junos the same with the requests that Junos
// documents, chunked-session the same again in chunked framing, and lock-contention is about two sessions that want one
// lock.
package documented

import (
	"embed"
	"io/fs"
)

//go:embed *.yaml
var files embed.FS

// Files returns the transcripts, *.yaml at the top of the file system; format.LoadDir reads them.
func Files() fs.FS { return files }
