package json

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ncspec/ncspec/harness/verdict"
)

// Name is what a report is called in the folder that a run writes.
const Name = "report.json"

// Read reads a report: the file, or report.json in the folder that a run has written. Fields that it does not know are
// left out; a file in another format is an error. The error names the file, the place in it, and what can be done.
func Read(path string) (*verdict.Report, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, Name)
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("reading the report: %w; name the report.json of a run, or the folder that it stands in", err)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the report: %w", err)
	}
	var r verdict.Report
	err = json.Unmarshal(data, &r)
	var kind *json.UnmarshalTypeError
	if err != nil && !errors.As(err, &kind) {
		return nil, fault(path, data, err)
	}
	// What another format has differently is no fault of the file: its name comes first.
	if r.Format != verdict.Format {
		return nil, fmt.Errorf("%s: its format is %q, and this ncspec reads %q: name the report.json of a run, and run ncspec again "+
			"where it is of another version", path, r.Format, verdict.Format)
	}
	if err != nil {
		return nil, fault(path, data, err)
	}
	return &r, nil
}

// fault says where in the file it is no report, and what may have happened.
func fault(path string, data []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax) && syntax.Offset >= int64(len(data)):
		return fmt.Errorf("%s: the file ends too early (%w): copy it again, or run ncspec again", position(path, data, int64(len(data))), err)
	case errors.As(err, &syntax):
		return fmt.Errorf("%s: this is no JSON (%w): is it the report.json of a run?", position(path, data, syntax.Offset-1), err)
	case errors.As(err, &kind):
		return fmt.Errorf("%s: a JSON %s stands where no report has one (%s): is it the report.json of a run?",
			position(path, data, kind.Offset-1), kind.Value, kind.Field)
	}
	return fmt.Errorf("reading the report %s: %w; is it the report.json of a run?", path, err)
}

// position gives file:line:column of an offset; columns count octets.
func position(path string, data []byte, offset int64) string {
	line, column := 1, 1
	for _, octet := range data[:min(max(offset, 0), int64(len(data)))] {
		column++
		if octet == '\n' {
			line, column = line+1, 1
		}
	}
	return fmt.Sprintf("%s:%d:%d", path, line, column)
}
