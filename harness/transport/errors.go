package transport

import (
	"errors"
	"fmt"
	"strings"
)

// What a failure to connect is about, for errors.Is; transports have more of their own.
var (
	// ErrUnreachable is a server that no connection comes about with: nobody listens, or the connection was lost. It may
	// be there again a moment later.
	ErrUnreachable = errors.New("the server is not reachable")
	// ErrTimeout is a step that did not end within its limit.
	ErrTimeout = errors.New("the time limit ran out")
)

// Error is a step that failed: what kind of failure it is, and what can be done. errors.Is finds both Kind and Cause.
type Error struct {
	Kind    error  // one of the Err… values of the transport
	Address string // host:port, or what stands for it
	Doing   string // the step, "connecting to"
	Advice  string // what the user can do next
	Cause   error  // may be nil
}

// Error tells the step, the kind, the cause and the advice, in that order.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s: %v", e.Doing, e.Address, e.Kind)
	if e.Cause != nil {
		fmt.Fprintf(&b, ": %v", e.Cause)
	}
	if e.Advice != "" {
		fmt.Fprintf(&b, ". %s", e.Advice)
	}
	return b.String()
}

// Unwrap gives the kind and the cause to errors.Is and errors.As.
func (e *Error) Unwrap() []error {
	if e.Cause == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Cause}
}
