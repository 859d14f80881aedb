package format

import (
	"fmt"
	"strings"
)

// Fault is one mistake in a transcript file.
type Fault struct {
	// File is the name the file was loaded under.
	File string
	// Position is where the mistake is; the zero value if it concerns the file as a whole.
	Position
	// Message says what is wrong and what is allowed.
	Message string
}

// Error returns "file:line:column: message".
func (f Fault) Error() string {
	if f.Line == 0 {
		return fmt.Sprintf("%s: %s", f.File, f.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Column, f.Message)
}

// Faults are all mistakes that were found in a file, in the order of the file.
type Faults []Fault

// Error returns one line a fault.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As find a single Fault.
func (f Faults) Unwrap() []error {
	errs := make([]error, len(f))
	for i, fault := range f {
		errs[i] = fault
	}
	return errs
}
