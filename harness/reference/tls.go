package reference

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"github.com/ncspec/ncspec/harness/pki"
)

// TLS says how to serve NETCONF over TLS (RFC 7589). Without files of its own the server makes everything for a day:
// an authority, a certificate for itself, and client certificates with a target file beside them.
type TLS struct {
	Listen      string // host:port; "" is a free port beside that of SSH
	Certificate string // file of the server's certificate and chain, PEM; "" makes all
	Key         string // file of its private key, PEM; "" is in Certificate
	ClientCA    string // file of the authorities whose client certificates are trusted, PEM
	// Names are the users of certificates; none takes the common name of what ClientCA vouches for, with files of its own.
	Names []CertName
}

// tlsService is what the server needs to serve TLS.
type tlsService struct {
	config    *tls.Config
	clients   *x509.CertPool
	names     []CertName
	listener  net.Listener
	wellKnown net.Listener // stands for port 6513, which a test must not take
	folder    string       // of what was made; "" nothing was
}

// newTLS opens the ports and reads the certificates, or makes them. host is where a free port is taken.
func (s *Server) newTLS(o TLS, host string) (*tlsService, error) {
	if o.Listen == "" {
		o.Listen = net.JoinHostPort(host, "0")
	}
	t := &tlsService{names: o.Names}
	var err error
	if t.listener, err = net.Listen("tcp", o.Listen); err != nil {
		return nil, fmt.Errorf("serving TLS: %w", err)
	}
	at, _, _ := net.SplitHostPort(t.listener.Addr().String())
	if t.wellKnown, err = net.Listen("tcp", net.JoinHostPort(at, "0")); err != nil {
		return nil, errors.Join(fmt.Errorf("serving TLS: %w", err), t.listener.Close())
	}
	if o.Certificate == "" {
		err = s.make(t, &o)
	}
	if err == nil {
		err = s.read(t, o)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("serving TLS: %w", err), t.close(), t.remove())
	}
	return t, nil
}

// read reads the certificates.
func (s *Server) read(t *tlsService, o TLS) error {
	if o.Key == "" {
		o.Key = o.Certificate
	}
	own, err := tls.LoadX509KeyPair(o.Certificate, o.Key)
	if err != nil {
		return fmt.Errorf("reading the server's certificate: %w", err)
	}
	text, err := os.ReadFile(o.ClientCA)
	if err != nil {
		return fmt.Errorf("reading the authorities of clients: %w", err)
	}
	authorities, err := pki.ParseCertificates(text)
	if err != nil {
		return fmt.Errorf("reading the authorities of clients: %s: %w", o.ClientCA, err)
	}
	t.clients = x509.NewCertPool()
	for _, one := range authorities {
		t.clients.AddCert(one)
		if t.folder == "" && len(o.Names) == 0 {
			t.names = append(t.names, CertName{Fingerprint: pki.Fingerprint(one.Raw), Map: MapCommonName})
		}
	}
	if s.broken("intermediate-certificate-left-out") {
		own.Certificate = own.Certificate[:1]
	}
	t.config = &tls.Config{Certificates: []tls.Certificate{own}, MinVersion: tls.VersionTLS12,
		ClientAuth: tls.RequireAnyClientCert, VerifyConnection: func(state tls.ConnectionState) error {
			_, err := s.certified(state)
			return err
		}}
	s.misconfigure(t.config)
	return nil
}

// overTLS serves the session of a TLS connection.
func (s *Server) overTLS(c net.Conn) { s.shake(c, func() {}) }

// shake exchanges keys and serves the session; met is told that the client's certificate is accepted.
func (s *Server) shake(c net.Conn, met func()) {
	c.SetDeadline(time.Now().Add(s.options.LoginLimit))
	conn := tls.Server(s.speaksFirst(c), s.tls.config)
	if err := conn.Handshake(); err != nil {
		return
	}
	c.SetDeadline(time.Time{})
	user, err := s.certified(conn.ConnectionState())
	if err != nil {
		s.misgreets(conn)
		return
	}
	met()
	s.single(user, "netconf-tls", s.onTLS(conn, c))
}

// onTLS is the session's channel: it ends with close_notify (RFC 7589 §4).
func (s *Server) onTLS(conn *tls.Conn, raw net.Conn) channel {
	if s.broken("tls-ended-without-notice") {
		return line{stream{conn, conn, raw.Close}, func() error { return nil }}
	}
	return line{conn, conn.CloseWrite}
}

// TLSAddr is the host:port of NETCONF over TLS, "" without.
func (s *Server) TLSAddr() string {
	if s.tls == nil {
		return ""
	}
	return s.tls.listener.Addr().String()
}

// WellKnownTLSAddr stands for port 6513 of a server with default settings (RFC 7589 §2), "" without TLS.
func (s *Server) WellKnownTLSAddr() string {
	if s.tls == nil {
		return ""
	}
	return s.tls.wellKnown.Addr().String()
}

// TLSFolder holds the certificates that the server has made, and target.yaml, the target file of whoever uses them; ""
// where it has made none. Close removes it.
func (s *Server) TLSFolder() string {
	if s.tls == nil {
		return ""
	}
	return s.tls.folder
}

func (t *tlsService) close() error { return errors.Join(t.listener.Close(), t.wellKnown.Close()) }

// remove takes away the folder, if there is one.
func (t *tlsService) remove() error {
	if t == nil || t.folder == "" {
		return nil
	}
	return os.RemoveAll(t.folder)
}
