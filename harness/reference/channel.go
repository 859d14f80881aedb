package reference

import (
	"io"
	"net"
)

// channel is what a session runs on: an SSH channel, or a connection that carries one session.
type channel interface {
	io.ReadWriteCloser
	// CloseWrite tells the client that no more octets follow.
	CloseWrite() error
	// Stderr is what SSH has beside the data; elsewhere what is written to it is lost.
	Stderr() io.ReadWriter
}

// line is a connection that carries one session.
type line struct {
	io.ReadWriteCloser
	half func() error
}

func (l line) CloseWrite() error { return l.half() }

func (l line) Stderr() io.ReadWriter { return nowhere{} }

type nowhere struct{}

func (nowhere) Read([]byte) (int, error) { return 0, io.EOF }

func (nowhere) Write(p []byte) (int, error) { return len(p), nil }

// local is the user of a session whose transport names none.
const local = "admin"

// overUnix serves the session of a Unix socket's connection.
func (s *Server) overUnix(c net.Conn) {
	s.single(local, "netconf-local", line{c, c.(*net.UnixConn).CloseWrite})
}

// ServeStream serves one session on octets that come from somewhere, such as standard input and output, until it ends.
// Close ends it only by way of close, which has to end a Read that waits.
func (s *Server) ServeStream(in io.Reader, out io.Writer, close func() error) {
	s.single(local, "netconf-local", line{stream{in, out, close}, close})
}

type stream struct {
	io.Reader
	io.Writer
	close func() error
}

func (s stream) Close() error { return s.close() }

// single serves a connection that carries one session; where too many are open it is closed.
func (s *Server) single(user, transport string, on channel) {
	if s.full() || s.refuseNext.Swap(false) {
		on.Close()
		return
	}
	s.newSession(user, transport, on, on).run()
}
