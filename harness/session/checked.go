package session

import (
	"bytes"
	"context"
	"sync"

	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/transport"
)

// remembered bounds what is remembered of octets sent, so that an operation cut over several writes is still seen for what
// it is.
const remembered = 64 << 10

// checked is a stream that lets nothing out which is not permitted, whoever writes to it.
type checked struct {
	transport.Stream
	permit func(Outgoing) error

	mutex sync.Mutex
	tail  []byte // sent, and perhaps the beginning of an operation
}

// Checked gives the stream with the check in front of its Write; permit may be nil. A stream that has one keeps it.
func Checked(stream transport.Stream, permit func(Outgoing) error) transport.Stream {
	return check(stream, permit)
}

func check(stream transport.Stream, permit func(Outgoing) error) *checked {
	if c, already := stream.(*checked); already {
		return c
	}
	return &checked{Stream: stream, permit: permit}
}

// Write sends octets; the error is a *Refused where they are not permitted.
func (c *checked) Write(octets []byte) (int, error) {
	if err := c.allow(octets); err != nil {
		return 0, err
	}
	return c.Stream.Write(octets)
}

// Extended is what came as extended data, nil where the transport knows no such thing.
func (c *checked) Extended() []byte {
	if stream, able := c.Stream.(interface{ Extended() []byte }); able {
		return stream.Extended()
	}
	return nil
}

// allow asks for permission for octets that are about to be sent as a whole.
func (c *checked) allow(octets []byte) error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	seen := append(c.tail, octets...)
	if c.permit != nil {
		if err := c.permit(Outgoing{Octets: octets, Whole: seen, Effect: effect.OfOctets(seen)}); err != nil {
			return &Refused{Why: err}
		}
	}
	// What is complete has been judged; only what may be the beginning of something is kept.
	c.tail = nil
	if !bytes.HasSuffix(octets, []byte("##\n")) && !bytes.HasSuffix(octets, []byte("]]>")) {
		c.tail = seen[max(0, len(seen)-remembered):]
	}
	return nil
}

// complete tells whether all that was sent has been judged.
func (c *checked) complete() bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return len(c.tail) == 0
}

// CheckedConn gives the connection with the check in front of each stream that is opened on it.
func CheckedConn(conn transport.Conn, permit func(Outgoing) error) transport.Conn {
	c := checkedConn{conn, permit}
	if early, able := conn.(transport.EarlyOpener); able {
		return checkedEarly{c, early}
	}
	return c
}

type checkedConn struct {
	transport.Conn
	permit func(Outgoing) error
}

// Open implements transport.Conn.
func (c checkedConn) Open(ctx context.Context) (transport.Stream, error) {
	stream, err := c.Conn.Open(ctx)
	if err != nil {
		return nil, err
	}
	return check(stream, c.permit), nil
}

type checkedEarly struct {
	checkedConn
	early transport.EarlyOpener
}

// OpenEarly implements transport.EarlyOpener; the error is a *Refused where the octets are not permitted.
func (c checkedEarly) OpenEarly(ctx context.Context, octets []byte) (transport.Stream, error) {
	stream := &checked{permit: c.permit}
	if err := stream.allow(octets); err != nil {
		return nil, err
	}
	var err error
	if stream.Stream, err = c.early.OpenEarly(ctx, octets); err != nil {
		return nil, err
	}
	return stream, nil
}
