package ssh

import (
	"crypto/ed25519"
	"crypto/rand"
	"net"
	"sync"
	"sync/atomic"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// testServer is a tiny SSH server: one host key, one user "admin".
type testServer struct {
	t        *testing.T
	listener net.Listener
	config   *gossh.ServerConfig
	hostKey  gossh.Signer
	// subsystem answers each channel's request for a subsystem; nil refuses it.
	subsystem func(ch *serverChannel)
	// silent takes channels without answering the subsystem request.
	silent bool
	// full refuses every channel.
	full bool
	// forward connects a channel of a jump host; nil refuses it.
	forward func(open gossh.NewChannel)
	// connections counts those that were let in.
	connections atomic.Int64

	mu  sync.Mutex
	raw []net.Conn
}

// serverChannel is what a subsystem handler gets.
type serverChannel struct {
	gossh.Channel
	conn    *gossh.ServerConn
	name    string // of the subsystem
	request *gossh.Request
}

func (c *serverChannel) accept() { _ = c.request.Reply(true, nil) }

// echo is a subsystem that sends back what it gets, and ends with it.
func echo(ch *serverChannel) {
	ch.accept()
	buffer := make([]byte, 1024)
	for {
		n, err := ch.Read(buffer)
		if n > 0 {
			_, _ = ch.Write(buffer[:n])
		}
		if err != nil {
			_ = ch.Close()
			return
		}
	}
}

// startServer starts a server that takes the password "secret", and does what
// mend changes about it.
func startServer(t *testing.T, mend ...func(*testServer)) *testServer {
	t.Helper()
	s := &testServer{t: t, hostKey: newSigner(t), subsystem: echo}
	s.config = &gossh.ServerConfig{
		PasswordCallback: func(conn gossh.ConnMetadata, password []byte) (*gossh.Permissions, error) {
			if conn.User() == "admin" && string(password) == "secret" {
				return nil, nil
			}
			return nil, errDenied
		},
	}
	for _, m := range mend {
		m(s)
	}
	s.config.AddHostKey(s.hostKey)
	var err error
	s.listener, err = net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.stop)
	go s.serve()
	return s
}

func (s *testServer) addr() string { return s.listener.Addr().String() }

func (s *testServer) stop() {
	_ = s.listener.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.raw {
		_ = c.Close()
	}
}

func (s *testServer) serve() {
	for {
		raw, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.raw = append(s.raw, raw)
		s.mu.Unlock()
		go s.serveConn(raw)
	}
}

func (s *testServer) serveConn(raw net.Conn) {
	conn, channels, requests, err := gossh.NewServerConn(raw, s.config)
	if err != nil {
		_ = raw.Close()
		return
	}
	s.connections.Add(1)
	go gossh.DiscardRequests(requests)
	for open := range channels {
		if open.ChannelType() == "direct-tcpip" {
			if s.forward == nil {
				_ = open.Reject(gossh.Prohibited, "open failed")
				continue
			}
			go s.forward(open)
			continue
		}
		if s.full {
			_ = open.Reject(gossh.ResourceShortage, "too many sessions")
			continue
		}
		channel, requests, err := open.Accept()
		if err != nil {
			return
		}
		go s.serveChannel(conn, channel, requests)
	}
}

func (s *testServer) serveChannel(conn *gossh.ServerConn, channel gossh.Channel, requests <-chan *gossh.Request) {
	for r := range requests {
		switch {
		case s.silent:
		case r.Type != "subsystem" || s.subsystem == nil:
			_ = r.Reply(false, nil)
		default:
			var name struct{ Name string }
			_ = gossh.Unmarshal(r.Payload, &name)
			go s.subsystem(&serverChannel{Channel: channel, conn: conn, name: name.Name, request: r})
		}
	}
}

func newSigner(t *testing.T) gossh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return signer
}
