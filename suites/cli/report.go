package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ncspec/ncspec/reports/compare"
	"github.com/ncspec/ncspec/reports/console"
	"github.com/ncspec/ncspec/reports/html"
	"github.com/ncspec/ncspec/reports/json"
	"github.com/ncspec/ncspec/reports/junit"
	"github.com/ncspec/ncspec/reports/markdown"
	"github.com/ncspec/ncspec/reports/matrix"
)

// rendering is what the flags of report say.
type rendering struct {
	html, json, junit, markdown string
	out                         string
	all, quiet, noColor         bool
}

func reportCommand(s streams) *cobra.Command {
	r := &rendering{}
	command := &cobra.Command{
		Use:   "report FILE…",
		Short: "Render a report, or put several side by side",
		Long: "Render a report.json (or the folder that a run has written) in other formats. Several are put side by side in a matrix:\n" +
			"targets, or versions of one, by requirements.\n" +
			"Exit: 0 rendered, 2 wrong usage or a report that cannot be read.",
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return r.render(s, args) },
	}
	f := command.Flags()
	f.StringVar(&r.html, "html", "", "write a page to this `file`")
	f.StringVar(&r.markdown, "markdown", "", "write Markdown for the summary of a CI job to this `file`")
	f.StringVar(&r.junit, "junit", "", "write JUnit to this `file`; of one report only")
	f.StringVar(&r.json, "json", "", "write JSON to this `file`: the report, or the matrix")
	f.StringVar(&r.out, "out", "", "write all formats into this `folder`")
	f.BoolVar(&r.all, "all", false, "show requirements too that tell nothing, in a matrix")
	f.BoolVar(&r.quiet, "quiet", false, "show nothing but what was written, or of one report violations, errors and the summary")
	f.BoolVar(&r.noColor, "no-color", false, "no colour")
	return command
}

func (r *rendering) render(s streams, args []string) error {
	sources, err := readAll(args)
	if err != nil {
		return err
	}
	if len(sources) > 1 && r.junit != "" {
		return errors.New("--junit renders one report: name one, or drop the flag")
	}
	if r.out != "" {
		if err := makeFolder(r.out, sources); err != nil {
			return err
		}
	}
	screen := console.New(s.out, console.Options{Color: colour(s.out, r.noColor), Quiet: r.quiet, Width: width(s.out)})
	if len(sources) == 1 {
		written, err := writeFiles(r.single(sources[0]))
		screen.Finish(sources[0].Report, written...)
		return err
	}
	m := matrix.New(sources)
	written, err := writeFiles(r.matrix(m))
	screen.Matrix(m, r.all, written...)
	return err
}

// readAll reads the reports; the error names each that cannot be read.
func readAll(files []string) ([]compare.Source, error) {
	var sources []compare.Source
	var faults []error
	for _, file := range files {
		report, err := json.Read(file)
		sources, faults = append(sources, compare.Source{File: file, Report: report}), append(faults, err)
	}
	return sources, errors.Join(faults...)
}

// rendered is a file to write.
type rendered struct {
	path  string
	write func(path string) error
}

// single gives the files of one report.
func (r *rendering) single(source compare.Source) []rendered {
	report := source.Report
	return r.wanted(map[string]func(string) error{
		reportName:  func(path string) error { return json.Write(path, report) },
		pageName:    func(path string) error { return html.WriteFile(path, report, folderOf(source.File)) },
		summaryName: func(path string) error { return markdown.Write(path, report, nil) },
		junitName:   func(path string) error { return junit.Write(path, report) },
	}, reportName, pageName, summaryName, junitName)
}

// folderOf is where a report's transcripts are.
func folderOf(file string) string {
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return file
	}
	return filepath.Dir(file)
}

// matrix gives the files of several.
func (r *rendering) matrix(m *matrix.Matrix) []rendered {
	return r.wanted(map[string]func(string) error{
		matrixJSON: func(path string) error { return matrix.WriteJSON(path, m) },
		matrixMD:   func(path string) error { return matrix.WriteMarkdown(path, m) },
		matrixHTML: func(path string) error { return matrix.WriteHTML(path, m) },
	}, matrixJSON, matrixMD, matrixHTML)
}

// wanted gives the files that the flags ask for, of those that there are, in the order of names.
func (r *rendering) wanted(writers map[string]func(string) error, names ...string) []rendered {
	var files []rendered
	asked := map[string]string{".json": r.json, ".md": r.markdown, ".xml": r.junit, ".html": r.html}
	for _, name := range names {
		if path := asked[filepath.Ext(name)]; path != "" {
			files = append(files, rendered{path, writers[name]})
		}
		if r.out != "" {
			files = append(files, rendered{filepath.Join(r.out, name), writers[name]})
		}
	}
	return files
}

func writeFiles(files []rendered) ([]string, error) {
	var written []string
	for _, file := range files {
		if err := file.write(file.path); err != nil {
			return written, err
		}
		written = append(written, file.path)
	}
	return written, nil
}

// makeFolder makes the output folder, anew where it is ours and none of the reports stands in it: what is rendered joins
// the report that it is of.
func makeFolder(dir string, sources []compare.Source) error {
	o := output{dir: dir}
	names, err := o.last()
	if err != nil {
		return fmt.Errorf("--out %s: %w", dir, err)
	}
	if !slices.ContainsFunc(sources, func(s compare.Source) bool { return within(s.File, dir) }) {
		if err := o.empty(names); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("--out %s: making the folder: %w", dir, err)
	}
	return nil
}

// within tells whether a report is that of a folder.
func within(file, dir string) bool {
	folder, err := os.Stat(dir)
	if err != nil {
		return false
	}
	for _, place := range []string{file, filepath.Dir(file)} {
		if info, err := os.Stat(place); err == nil && os.SameFile(info, folder) {
			return true
		}
	}
	return false
}
