// Package cli is the ncspec command line.
package cli

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/ncspec/ncspec/suites"
)

// The exit codes that others rely on. 1 and 4 are the report's own.
const (
	exitOK          = 0
	exitUsage       = 2
	exitUnusable    = 3
	exitErrors      = 4
	exitInterrupted = 130
)

// streams are what a command is given: its arguments, and where it reads and writes.
type streams struct {
	args     []string
	in       io.Reader
	out, err io.Writer
}

// exit carries an exit code through cobra; its error, if any, has been shown already.
type exit struct{ code int }

// Error is never shown.
func (e *exit) Error() string { return fmt.Sprintf("exit %d", e.code) }

// Main runs the command with its arguments and gives the exit code.
func Main(args []string, in io.Reader, out, errs io.Writer) int {
	defer keepTerminal(in)()
	root := root(streams{args: args, in: in, out: out, err: errs})
	root.SetArgs(args)
	err := root.Execute()
	if err != nil && !errors.As(err, new(*exit)) {
		fmt.Fprintf(errs, "ncspec: %v\n", err)
	}
	return codeOf(err)
}

// keepTerminal gives a function that leaves the terminal as it is now: a command may end while somebody is asked for a
// password.
func keepTerminal(in io.Reader) func() {
	file, ok := in.(*os.File)
	if !ok {
		return func() {}
	}
	state, err := term.GetState(int(file.Fd()))
	if err != nil {
		return func() {} // it is none
	}
	return func() { _ = term.Restore(int(file.Fd()), state) }
}

// codeOf is the exit code of a command that ends with an error, or with none.
func codeOf(err error) int {
	var code *exit
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &code):
		return code.code
	case errors.As(err, new(*suites.Unusable)):
		return exitUnusable
	case errors.As(err, new(*nothingFailed)):
		return exitErrors
	}
	return exitUsage
}

func root(s streams) *cobra.Command {
	root := &cobra.Command{
		Use:           "ncspec",
		Short:         "Judge a NETCONF server: a verdict for each requirement of the RFCs, with the octets that prove it",
		Version:       suites.Version,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.AddCommand(runCommand(s), listCommand(s), explainCommand(s), helloCommand(s), serveCommand(s), compareCommand(s), reportCommand(s), recoverCommand(s),
		targetCommand(s), versionCommand(s))
	return root
}

// terminal tells whether a stream is one.
func terminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// width is the width of the terminal in columns, 100 where there is none.
func width(stream any) int {
	if file, ok := stream.(*os.File); ok {
		if columns, _, err := term.GetSize(int(file.Fd())); err == nil && columns > 40 {
			return min(columns, 140)
		}
	}
	return 100
}

// colour tells whether a stream may be written to in colour (https://no-color.org).
func colour(stream any, refused bool) bool {
	return !refused && terminal(stream) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
