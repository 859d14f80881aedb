package reference

import (
	"net"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"
)

// recallAfter is the time between two attempts to call somebody who does not answer.
const recallAfter = 50 * time.Millisecond

// callHome makes TCP connections to a client that listens, and serves them (RFC 8071 §4.1). There is always one that waits
// for the client: the next call is made when the last has been answered, or has ended.
func (s *Server) callHome(address string, serve func(c net.Conn, met func())) {
	pause := time.NewTicker(recallAfter)
	defer pause.Stop()
	for {
		if c, err := (&net.Dialer{}).DialContext(s.life, "tcp", address); err == nil && s.register(c) {
			met := make(chan struct{})
			answered := sync.OnceFunc(func() { close(met) })
			s.work.Go(func() {
				defer s.unregister(c)
				defer answered()
				serve(c, answered)
			})
			<-met
		}
		select {
		case <-pause.C:
		case <-s.life.Done():
			return
		}
	}
}

// callSSH is an SSH server on a connection that the server has made.
func (s *Server) callSSH(c net.Conn, met func()) {
	if s.forgetsSSH(c) {
		return
	}
	s.connection(c, true, func(conn ssh.Conn) {
		met()
		s.work.Go(func() { s.testAlive(conn) })
	})
}

// testAlive asks the client for an answer again and again (RFC 8071 §4.1 S7), until the connection ends.
func (s *Server) testAlive(conn ssh.Conn) {
	if s.broken("call-home-without-keep-alive") {
		return
	}
	pause := time.NewTicker(s.options.KeepAlive)
	defer pause.Stop()
	ended := make(chan struct{})
	s.work.Go(func() {
		conn.Wait()
		close(ended)
	})
	for {
		select {
		case <-ended:
			return
		case <-pause.C:
		}
		if _, _, err := conn.SendRequest("keepalive@ietf.org", true, nil); err != nil {
			return
		}
	}
}

// callTLS is a TLS server on a connection that the server has made.
func (s *Server) callTLS(c net.Conn, met func()) {
	if s.forgetsTLS(c) {
		return
	}
	s.shake(c, met)
}
