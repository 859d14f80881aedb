package reference

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"time"

	"github.com/ncspec/ncspec/harness/wire"
)

// misconfigure makes TLS wrong for the sake of defects.
func (s *Server) misconfigure(c *tls.Config) {
	switch {
	case s.broken("certificate-not-requested"):
		c.ClientAuth = tls.NoClientCert
	case s.broken("client-without-certificate-accepted"):
		c.ClientAuth = tls.RequestClientCert
	case s.broken("hello-ahead-of-verification"):
		c.VerifyConnection = nil
	case s.broken("tls-1.2-refused"):
		c.MinVersion = tls.VersionTLS13
	case s.broken("rc4-accepted"):
		c.CipherSuites = []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_ECDSA_WITH_RC4_128_SHA}
	}
}

// uncertified is the user of a client that shows no certificate: none.
func (s *Server) uncertified() (string, error) {
	if s.broken("certificate-not-requested") || s.broken("client-without-certificate-accepted") {
		return local, nil
	}
	return "", errNoUser
}

// unverified is the user of a client whose certificate nobody vouches for: none.
func (s *Server) unverified(leaf *x509.Certificate, err error) (string, error) {
	var unknown x509.UnknownAuthorityError
	if errors.As(err, &unknown) && s.broken("unknown-authority-accepted") {
		return leaf.Subject.CommonName, nil
	}
	return "", err
}

// misgreets says hello to a client that is about to be refused.
func (s *Server) misgreets(conn *tls.Conn) {
	if s.broken("hello-ahead-of-verification") {
		s.newSession("", "netconf-tls", conn, line{conn, conn.CloseWrite}).sendHello()
		conn.Close()
	}
}

// impatience is how long a client may be silent before a server that does not wait for it speaks.
const impatience = 50 * time.Millisecond

// eager is a connection that is spoken to before it speaks.
type eager struct {
	net.Conn
	first []byte
}

// Read gives what was read ahead.
func (e *eager) Read(p []byte) (int, error) {
	if len(e.first) == 0 {
		return e.Conn.Read(p)
	}
	n := copy(p, e.first)
	e.first = e.first[n:]
	return n, nil
}

// speaksFirst gives the connection; a broken server greets in clear a client that says nothing for a moment.
func (s *Server) speaksFirst(c net.Conn) net.Conn {
	if !s.broken("hello-ahead-of-tls") {
		return c
	}
	c.SetReadDeadline(time.Now().Add(impatience))
	first := make([]byte, 1)
	n, err := c.Read(first)
	c.SetReadDeadline(time.Time{})
	if err != nil {
		c.Write([]byte("<hello/>" + wire.EndOfMessageMark))
	}
	return &eager{c, first[:n]}
}

// overWellKnownTLS is overTLS at the port that stands for 6513.
func (s *Server) overWellKnownTLS(c net.Conn) {
	if !s.broken("tls-port-without-tls") {
		s.overTLS(c)
	}
}

// called counts a call home, and tells whether a server that forgets the transport now and then forgets it.
func (s *Server) called(defect string) bool { return s.broken(defect) && s.calls.Add(1)%2 == 0 }

// forgetsSSH begins NETCONF in clear on a call that is for SSH.
func (s *Server) forgetsSSH(c net.Conn) bool { return s.called("call-home-without-ssh") && inClear(c) }

// forgetsTLS begins NETCONF in clear on a call that is for TLS.
func (s *Server) forgetsTLS(c net.Conn) bool { return s.called("call-home-without-tls") && inClear(c) }

func inClear(c net.Conn) bool {
	c.Write([]byte("<hello/>" + wire.EndOfMessageMark))
	return true
}

// addresses are those that are called: all.
func (s *Server) addresses(all []string) []string {
	if len(all) > 1 && s.broken("default-port-not-called") {
		return all[:1]
	}
	return all
}
