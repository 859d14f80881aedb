package reference

import (
	"bytes"
	"crypto/subtle"
	"errors"
	"net"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/ssh"
)

// sshVersion identifies the server and its version, without blanks and minus signs (RFC 4253 §4.2).
const sshVersion = "SSH-2.0-ncspec_reference_1.0"

var errDenied = errors.New("reference: access denied")

// sshConfig is the server side of SSH: passwords, public keys, and keyboard-interactive with one question.
func (s *Server) sshConfig() *ssh.ServerConfig {
	config := &ssh.ServerConfig{
		PasswordCallback: func(c ssh.ConnMetadata, password []byte) (*ssh.Permissions, error) {
			return nil, s.checkPassword(c.User(), password)
		},
		KeyboardInteractiveCallback: s.interactive,
		PublicKeyCallback:           s.checkKey,
		ServerVersion:               sshVersion,
	}
	config.AddHostKey(s.options.HostKey)
	return config
}

func (s *Server) checkPassword(user string, password []byte) error {
	wanted, known := s.options.Users[user]
	if !known && s.broken("password-of-unknown-user-accepted") {
		return nil
	}
	if !known || subtle.ConstantTimeCompare([]byte(wanted), password) != 1 {
		return errDenied
	}
	return nil
}

func (s *Server) interactive(c ssh.ConnMetadata, ask ssh.KeyboardInteractiveChallenge) (*ssh.Permissions, error) {
	answers, err := ask("", "", []string{"Password: "}, []bool{false})
	if err != nil || len(answers) != 1 {
		return nil, errDenied
	}
	return nil, s.checkPassword(c.User(), []byte(answers[0]))
}

func (s *Server) checkKey(c ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
	if _, known := s.options.Users[c.User()]; !known {
		if s.broken("unknown-key-of-unknown-user-accepted") {
			return &ssh.Permissions{}, nil
		}
		return nil, errDenied
	}
	for _, k := range s.options.AuthorizedKeys {
		if bytes.Equal(k.Marshal(), key.Marshal()) {
			return &ssh.Permissions{}, nil
		}
	}
	return nil, errDenied
}

// accept serves a port until it is closed.
func (s *Server) accept(l net.Listener, serve func(net.Conn)) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		if !s.register(c) {
			return
		}
		s.work.Go(func() {
			defer s.unregister(c)
			serve(c)
		})
	}
}

// register notes a connection for Close; it is too late for one that comes after that.
func (s *Server) register(c net.Conn) bool {
	s.connections.Lock()
	defer s.connections.Unlock()
	if s.connections.closed {
		c.Close()
		return false
	}
	s.connections.open[c] = true
	return true
}

func (s *Server) unregister(c net.Conn) {
	c.Close()
	s.connections.Lock()
	defer s.connections.Unlock()
	delete(s.connections.open, c)
}

// overSSH serves the channels of one SSH connection until it ends.
func (s *Server) overSSH(c net.Conn) { s.connection(c, true, func(ssh.Conn) {}) }

// overPlainSSH is overSSH without the subsystem netconf.
func (s *Server) overPlainSSH(c net.Conn) {
	s.connection(c, s.broken("netconf-on-ssh-port"), func(ssh.Conn) {})
}

// connection serves the channels of one SSH connection until it ends; met is told that the client has authenticated.
func (s *Server) connection(c net.Conn, subsystem bool, met func(ssh.Conn)) {
	if !s.broken("login-never-times-out") {
		c.SetDeadline(time.Now().Add(s.options.LoginLimit))
	}
	c, handled := s.goesAlong(c)
	if handled {
		return
	}
	conn, channels, requests, err := ssh.NewServerConn(c, s.ssh)
	if err != nil {
		return
	}
	c.SetDeadline(time.Time{})
	met(conn)
	if !representable(conn.User()) && !s.broken("unrepresentable-username-accepted") {
		conn.Close()
	}
	s.work.Go(func() { ssh.DiscardRequests(requests) })
	for wanted := range channels {
		if wanted.ChannelType() != "session" {
			wanted.Reject(ssh.UnknownChannelType, "only session channels are served")
			continue
		}
		channel, requests, err := wanted.Accept()
		if err != nil {
			continue
		}
		s.work.Go(func() { s.channel(conn, channel, requests, subsystem) })
	}
	conn.Wait()
}

// representable tells whether XML can carry a username (RFC 6242 §3).
func representable(user string) bool {
	if !utf8.ValidString(user) {
		return false
	}
	for _, r := range user {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return false
		}
	}
	return true
}

// channel answers the requests on a session channel: one netconf subsystem, and nothing else.
func (s *Server) channel(conn *ssh.ServerConn, channel ssh.Channel, requests <-chan *ssh.Request, subsystem bool) {
	inUse := false
	for r := range requests {
		if inUse || !subsystem || !wantsNetconf(r) || s.full() || s.refuseNext.Swap(false) {
			r.Reply(false, nil)
			continue
		}
		inUse = true
		sess := s.newSession(conn.User(), "netconf-ssh", conn, channel)
		if err := r.Reply(true, nil); err != nil {
			sess.end()
			continue
		}
		s.work.Go(sess.run)
	}
}

func wantsNetconf(r *ssh.Request) bool {
	var payload struct{ Name string }
	return r.Type == "subsystem" && ssh.Unmarshal(r.Payload, &payload) == nil && payload.Name == "netconf"
}
