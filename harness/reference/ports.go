package reference

import (
	"errors"
	"fmt"
	"net"
	"os"
	"time"
)

const (
	// defaultLoginLimit is how long a client may take to authenticate.
	defaultLoginLimit = 30 * time.Second
	// defaultKeepAlive is the time between two tests of a connection that the server has made.
	defaultKeepAlive = 30 * time.Second
)

// open opens the ports and the socket.
func (s *Server) open() (err error) {
	if s.netconf, err = net.Listen("tcp", s.options.Listen); err != nil {
		return err
	}
	host, _, _ := net.SplitHostPort(s.netconf.Addr().String())
	if s.plain, err = net.Listen("tcp", net.JoinHostPort(host, "0")); err != nil {
		return err
	}
	if s.options.TLS != nil {
		if s.tls, err = s.newTLS(*s.options.TLS, host); err != nil {
			return err
		}
	}
	if s.options.Unix != "" {
		s.unix, err = listenUnix(s.options.Unix)
	}
	return err
}

// listenUnix opens a socket that its owner alone may use: there is no other authentication. One that a server has left
// which is no more is in the way, and nobody's.
func listenUnix(path string) (net.Listener, error) {
	if conn, err := net.Dial("unix", path); err == nil {
		conn.Close()
		return nil, fmt.Errorf("another server listens at the socket %s", path)
	}
	if info, err := os.Lstat(path); err == nil && info.Mode().Type() == os.ModeSocket {
		if err := os.Remove(path); err != nil {
			return nil, fmt.Errorf("taking away a socket that nobody listens at: %w", err)
		}
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("keeping others from the socket: %w", err), l.Close())
	}
	return l, nil
}

// serve begins to serve on all that is open, and to call.
func (s *Server) serve() {
	s.work.Go(func() { s.accept(s.netconf, s.overSSH) })
	s.work.Go(func() { s.accept(s.plain, s.overPlainSSH) })
	if s.tls != nil {
		s.work.Go(func() { s.accept(s.tls.listener, s.overTLS) })
		s.work.Go(func() { s.accept(s.tls.wellKnown, s.overWellKnownTLS) })
	}
	if s.unix != nil {
		s.work.Go(func() { s.accept(s.unix, s.overUnix) })
	}
	for _, address := range s.addresses(s.options.CallHome) {
		s.work.Go(func() { s.callHome(address, s.callSSH) })
	}
	for _, address := range s.addresses(s.options.CallHomeTLS) {
		s.work.Go(func() { s.callHome(address, s.callTLS) })
	}
}

// closePorts closes what open has opened.
func (s *Server) closePorts() error {
	var faults []error
	for _, l := range []net.Listener{s.netconf, s.plain, s.unix} {
		if l != nil {
			faults = append(faults, l.Close())
		}
	}
	if s.tls != nil {
		faults = append(faults, s.tls.close())
	}
	return errors.Join(faults...)
}
