// Package html writes report.html: a page in one file that shows the verdicts of a run, and for each spec the octets that
// went over the wire. The page fetches nothing and says so by a Content-Security-Policy of its own; it is read without a
// network, from a disk, a mail or the artifacts of a pipeline.
package html

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/whole"
)

// Write writes the page. Recordings is the folder that the transcripts of the specs are relative to, as a rule the output
// folder of the run; nil is for a report without. They are copied one after the other, so memory does not grow with them;
// the page says of one that is missing that it is.
func Write(w io.Writer, r *verdict.Report, recordings fs.FS) error {
	out := bufio.NewWriterSize(w, 64<<10)
	tape := newArchive(recordings, r.Specs)
	templates, err := parse()
	if err != nil {
		return fmt.Errorf("writing the HTML report: %w", err)
	}
	if err := templates.ExecuteTemplate(out, "page", newPage(r, tape)); err != nil {
		return fmt.Errorf("writing the HTML report: %w", err)
	}
	if err := tape.writeTo(out); err != nil {
		return fmt.Errorf("writing the HTML report: %w", err)
	}
	if _, err := io.WriteString(out, "</body>\n</html>\n"); err != nil {
		return fmt.Errorf("writing the HTML report: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing the HTML report: %w", err)
	}
	return nil
}

// WriteFile writes the page to path, with the transcripts in the folder that the report's paths are relative to. The file
// appears whole or not at all.
func WriteFile(path string, r *verdict.Report, folder string) error {
	return whole.Write(path, func(w io.Writer) error { return writeFrom(w, r, folder) })
}

// writeFrom opens the folder so that no path of a report leads out of it.
func writeFrom(w io.Writer, r *verdict.Report, folder string) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return fmt.Errorf("opening the folder of the transcripts: %w", err)
	}
	defer root.Close()
	return Write(w, r, root.FS())
}
