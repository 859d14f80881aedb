// Package exec is NETCONF on the standard input and output of a command that this machine runs, a process a session: for
// servers that speak NETCONF to an SSH daemon that way, and for ways to a device that no other transport has.
package exec

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/transport/single"
)

// Dialer runs one command.
type Dialer struct{ command []string }

// New gives a dialer for a command and its arguments; it does not run it. The error says that there is none.
func New(command []string) (*Dialer, error) {
	if len(command) == 0 || command[0] == "" {
		return nil, errors.New("no command: write exec:COMMAND, or command: [COMMAND, ARGUMENT] in a target file")
	}
	return &Dialer{command: command}, nil
}

// Dial runs the command in a process group of its own; the result carries one stream. No shell has a part in it unless the
// command is one. The error is a *transport.Error, or that of ctx.
func (d *Dialer) Dial(ctx context.Context) (transport.Conn, error) {
	called := strings.Join(d.command, " ")
	if ctx.Err() != nil {
		return nil, fmt.Errorf("running %s: %w", called, context.Cause(ctx))
	}
	p, err := start(d.command)
	if err != nil {
		return nil, &transport.Error{Kind: ErrNotRun, Address: called, Doing: "running", Cause: err, Advice: advice(err)}
	}
	return single.New(p, map[string]string{"transport": "exec", "command": called, "encryption": "none"}), nil
}

// ErrNotRun is a command that cannot be run.
var ErrNotRun = errors.New("the command cannot be run")

func advice(err error) string {
	if errors.Is(err, exec.ErrNotFound) {
		return "It is not in PATH: write its whole path"
	}
	return "Check the path, and that it may be executed. There is no shell: write exec:sh -c '…' for one"
}
