// Package junit writes the report of a run as a JUnit file for GitLab, Jenkins and GitHub: a testsuite per suite, a
// testcase per spec whose name is the spec's id. A file has a testcase that is red (failure or error) exactly where
// the run's exit code is not 0.
package junit

import (
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/onsi/ginkgo/v2/reporters"

	"github.com/ncspec/ncspec/harness/verdict"
)

// Scratch is how the names of folders begin that stand beside a file while it is written.
const Scratch = ".junit-"

// Write writes the report to path and makes its folder where needed. Ginkgo's reporter renders each suite; what it
// wrote is read back, completed, and checked. The file appears whole and checked, or not at all.
func Write(path string, r *verdict.Report) error {
	if err := write(path, r); err != nil {
		return fmt.Errorf("writing the JUnit file %s: %w", path, err)
	}
	return nil
}

// Failure writes a JUnit file for a run that did not come to a report: one testcase, in error, that says why, and the exit
// code that the run ends with.
func Failure(path, why string, exit int) error {
	r := &verdict.Report{Tool: verdict.Tool{Name: "ncspec"}, Run: verdict.Run{Started: time.Now()}}
	r.Add(verdict.Spec{ID: "run/start", Suite: "run", Text: "start the run", Verdict: verdict.Error, Reason: why, Message: why})
	r.Run.Exit = exit
	return Write(path, r)
}

func write(path string, r *verdict.Report) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	scratch, err := os.MkdirTemp(filepath.Dir(path), Scratch)
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)

	document, err := render(scratch, withOutcome(r))
	if err != nil {
		return err
	}
	data, err := xml.MarshalIndent(document, "", "  ")
	if err != nil {
		return err
	}
	data = append([]byte(xml.Header), append(data, '\n')...)
	if err := Check(data); err != nil {
		return err
	}
	whole := filepath.Join(scratch, "whole.xml")
	if err := os.WriteFile(whole, data, 0o644); err != nil {
		return err
	}
	return os.Rename(whole, path)
}

// render lets Ginkgo render each suite into the folder and joins what it wrote.
func render(folder string, r *verdict.Report) (*reporters.JUnitTestSuites, error) {
	whole := &reporters.JUnitTestSuites{}
	suites, names := map[string]bool{}, map[string]bool{}
	for i, suite := range r.Suites() {
		suite = distinct(suite, suites, names)
		file := filepath.Join(folder, fmt.Sprintf("suite-%d.xml", i))
		if err := reporters.GenerateJUnitReportWithConfig(rewrite(r, suite), file, configuration()); err != nil {
			return nil, fmt.Errorf("rendering the suite %s: %w", suite.Name, err)
		}
		rendered, err := readBack(file, suite)
		if err != nil {
			return nil, fmt.Errorf("reading the suite %s back: %w", suite.Name, err)
		}
		complete(rendered, r, suite)
		add(whole, rendered)
	}
	return whole, nil
}

// add appends a suite. Disabled holds the skipped too, as in the files of Ginkgo.
func add(whole *reporters.JUnitTestSuites, suite *reporters.JUnitTestSuite) {
	whole.Tests += suite.Tests
	whole.Disabled += suite.Disabled + suite.Skipped
	whole.Errors += suite.Errors
	whole.Failures += suite.Failures
	whole.Time = seconds(whole.Time + suite.Time)
	whole.TestSuites = append(whole.TestSuites, *suite)
}

func readBack(file string, suite verdict.Suite) (*reporters.JUnitTestSuite, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var document reporters.JUnitTestSuites
	if err := xml.Unmarshal(data, &document); err != nil {
		return nil, err
	}
	if n := len(document.TestSuites); n != 1 {
		return nil, fmt.Errorf("%d testsuites where one was written", n)
	}
	if n := len(document.TestSuites[0].TestCases); n != len(suite.Specs) {
		return nil, fmt.Errorf("%d testcases for %d specs", n, len(suite.Specs))
	}
	return &document.TestSuites[0], nil
}
