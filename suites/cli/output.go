package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/html"
	"github.com/ncspec/ncspec/reports/json"
	"github.com/ncspec/ncspec/reports/junit"
	"github.com/ncspec/ncspec/reports/markdown"
	"github.com/ncspec/ncspec/reports/whole"
)

// output is where the reports go.
type output struct {
	dir   string
	junit string
	ready bool // the folder may be written to
}

func (o *output) flags(f *pflag.FlagSet) {
	f.StringVar(&o.dir, "out", "ncspec-report", "`folder` for report.html, report.json, report.md, junit.xml and transcripts")
	f.StringVar(&o.junit, "junit", "", "write JUnit to this `file` as well")
}

const (
	reportName  = json.Name
	pageName    = "report.html"
	junitName   = "junit.xml"
	summaryName = "report.md"
	transcripts = "transcripts"
	compareJSON = "compare.json"
	compareHTML = "compare.html"
	matrixJSON  = "matrix.json"
	matrixMD    = "matrix.md"
	matrixHTML  = "matrix.html"
)

// ours are the names of what ncspec writes into its folder.
func ours() []string {
	return []string{reportName, junitName, transcripts, pageName, summaryName, compareJSON, compareHTML, matrixJSON, matrixMD, matrixHTML}
}

// errUnfinished is what JUnit says until the run is over: a run that is killed must not leave an old verdict behind.
var errUnfinished = errors.New("the run has not come to its end: ncspec is still at work, or was killed")

// prepare makes the output folder anew and shows that all files can be written, before the run and not after it. A folder
// that is there is replaced only if it is ours.
func (o *output) prepare() error {
	last, err := o.last()
	if err != nil {
		return fmt.Errorf("--out %s: %w", o.dir, err)
	}
	if err := o.empty(last); err != nil {
		return err
	}
	if err := os.MkdirAll(o.dir, 0o755); err != nil {
		return fmt.Errorf("--out %s: making the folder: %w", o.dir, err)
	}
	o.ready = true
	return o.reason(errUnfinished, exitErrors)
}

// empty takes what a run has left out of the folder.
func (o *output) empty(names []string) error {
	for _, name := range names {
		if err := os.RemoveAll(filepath.Join(o.dir, name)); err != nil {
			return fmt.Errorf("--out %s: removing the last report: %w", o.dir, err)
		}
	}
	return nil
}

// reason writes JUnit files and a summary that say why there is no report, and with which exit code the run ends. The error says which cannot be written.
func (o *output) reason(why error, code int) error {
	var faults []error
	for _, file := range o.files() {
		faults = append(faults, junit.Failure(file, why.Error(), code))
	}
	if o.ready {
		faults = append(faults, markdown.Failure(filepath.Join(o.dir, summaryName), why.Error()))
	}
	return errors.Join(faults...)
}

// last gives what a run of ncspec has left in the folder. It refuses a folder that holds anything but the names that
// ncspec writes, or no JUnit file or report that says so.
func (o *output) last() ([]string, error) {
	entries, err := os.ReadDir(o.dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading it: %w", err)
	}
	var names []string
	for _, entry := range entries {
		name := entry.Name()
		if !slices.Contains(ours(), name) && !strings.HasPrefix(name, junit.Scratch) && !strings.HasPrefix(name, whole.Scratch) {
			return nil, fmt.Errorf("the folder holds %s, which is not ncspec's: choose another folder", name)
		}
		names = append(names, name)
	}
	if len(names) > 0 && !slices.ContainsFunc([]string{reportName, junitName, matrixJSON}, o.signed) {
		return nil, errors.New("nothing in the folder says that it is ncspec's: choose another folder, or empty it")
	}
	return names, nil
}

// signed tells whether a file of the folder is by ncspec.
func (o *output) signed(name string) bool {
	file, err := os.Open(filepath.Join(o.dir, name))
	if err != nil {
		return false
	}
	defer file.Close()
	head := make([]byte, 8<<10)
	n, err := io.ReadFull(file, head)
	return (err == nil || errors.Is(err, io.ErrUnexpectedEOF)) && bytes.Contains(head[:n], []byte("ncspec"))
}

// files are the JUnit files asked for, as far as they may be written.
func (o *output) files() []string {
	var files []string
	if o.ready {
		files = append(files, filepath.Join(o.dir, junitName))
	}
	if o.junit != "" {
		files = append(files, o.junit)
	}
	return files
}

// refused is for a command line that cannot be carried out: it says why in the JUnit files, and gives the error on.
// Where the flags could not be read, those for the output are looked for among all arguments.
func (o *output) refused(why error, args []string) error {
	f := pflag.NewFlagSet("run", pflag.ContinueOnError)
	f.ParseErrorsAllowlist.UnknownFlags = true
	f.SetOutput(io.Discard)
	f.Usage = func() {}
	o.flags(f)
	_ = f.Parse(args)
	_ = o.prepare() // what the user must mend first is the command line
	return o.failed(why)
}

// write writes the reports and gives their paths.
func (o *output) write(r *verdict.Report) ([]string, error) {
	path := filepath.Join(o.dir, reportName)
	if err := json.Write(path, r); err != nil {
		return nil, err
	}
	written := []string{path}
	for _, file := range o.files() {
		if err := junit.Write(file, r); err != nil {
			return written, err
		}
		written = append(written, file)
	}
	summary := filepath.Join(o.dir, summaryName)
	if err := markdown.Write(summary, r, nil); err != nil {
		return written, err
	}
	page := filepath.Join(o.dir, pageName)
	if err := html.WriteFile(page, r, o.dir); err != nil {
		return append(written, summary), err
	}
	return append(written, summary, page), nil
}

// failed says in the reports why there was no run, and gives the error on. That a file cannot be written was said when it
// was prepared.
func (o *output) failed(why error) error {
	_ = o.reason(why, codeOf(why))
	return why
}
