package verdict

import (
	"path"
	"runtime"
	"strings"

	"github.com/onsi/ginkgo/v2/types"
)

// place gives a location that names no path of this machine: relative to the module, or the bare file name for a
// file outside of it.
func place(at types.CodeLocation) string {
	if at.CustomMessage != "" {
		return at.CustomMessage
	}
	if at.FileName == "" {
		return ""
	}
	at.FileName = relative(at.FileName)
	return at.String()
}

func relative(file string) string {
	file = strings.ReplaceAll(file, `\`, "/")
	if inside, ok := strings.CutPrefix(file, moduleRoot()); ok {
		return inside
	}
	return path.Base(file)
}

// moduleRoot is where the compiler saw this module, with a slash at the end. It is not a folder in a build with
// -trimpath, and serves only to be cut off.
func moduleRoot() string {
	_, here, _, _ := runtime.Caller(0)
	return strings.TrimSuffix(strings.ReplaceAll(here, `\`, "/"), "harness/verdict/location.go")
}

// trace gives the frames of a stack that lie in this module, innermost first, at most five.
func trace(stack string) []string {
	const most = 5
	var frames []string
	for line := range strings.Lines(stack) {
		at, isFile := strings.CutPrefix(line, "\t")
		at, _, _ = strings.Cut(strings.TrimSpace(at), " ")
		at, isOurs := strings.CutPrefix(at, moduleRoot())
		if isFile && isOurs && len(frames) < most {
			frames = append(frames, at)
		}
	}
	return frames
}
