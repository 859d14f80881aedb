package tls

import (
	"context"
	gotls "crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/ncspec/ncspec/harness/pki"
	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/transport/single"
)

// Dialer connects to one server as one client. Its methods may be called from several goroutines.
type Dialer struct{ config Config }

// New checks the configuration; it does not connect.
func New(config Config) (*Dialer, error) {
	if err := config.check(); err != nil {
		return nil, fmt.Errorf("preparing the TLS connection: %w", err)
	}
	return &Dialer{config: config}, nil
}

// At implements transport.Mover.
func (d *Dialer) At(address string) transport.Dialer {
	moved := *d
	moved.config.Address = address
	return &moved
}

// Config gives what the dialer was made of.
func (d *Dialer) Config() Config { return d.config }

// Dial connects and exchanges keys; the result carries one stream. The error is a *transport.Error, or that of ctx.
func (d *Dialer) Dial(ctx context.Context) (transport.Conn, error) {
	raw, err := d.Raw(ctx)
	if err != nil {
		return nil, err
	}
	return d.Over(ctx, raw)
}

// Raw makes the TCP connection alone.
func (d *Dialer) Raw(ctx context.Context) (net.Conn, error) {
	address := d.config.Address
	conn, err := (&net.Dialer{Timeout: d.config.Timeout}).DialContext(ctx, "tcp", address)
	if err == nil {
		return conn, nil
	}
	if ctx.Err() != nil {
		return nil, fmt.Errorf("connecting to %s: %w", address, context.Cause(ctx))
	}
	return nil, &transport.Error{Kind: transport.ErrUnreachable, Address: address, Doing: "connecting to", Cause: err,
		Advice: "Check the host and the port (6513 unless the address names one), and that the server runs"}
}

// Over exchanges keys on a TCP connection that is there, and takes it over: it is closed when that fails.
func (d *Dialer) Over(ctx context.Context, raw net.Conn) (transport.Conn, error) {
	h := &handshake{config: d.config, watched: &watchedConn{Conn: raw}}
	conn, err := h.run(ctx)
	if err != nil {
		_ = raw.Close()
		return nil, err
	}
	return conn, nil
}

// handshake is one exchange of keys.
type handshake struct {
	config   Config
	watched  *watchedConn
	asked    atomic.Bool // the server asked for a certificate
	verified string      // how the server's certificate was
}

func (h *handshake) run(ctx context.Context) (transport.Conn, error) {
	conn := gotls.Client(h.watched, h.client())
	limited, cancel := context.WithTimeout(ctx, h.config.Timeout)
	defer cancel()
	if err := conn.HandshakeContext(limited); err != nil {
		if limited.Err() != nil && ctx.Err() == nil {
			err = limited.Err()
		}
		return nil, h.explain(ctx, err)
	}
	l := newLink(conn, h.watched, h.config)
	if err := l.accepted(ctx, h.asked.Load()); err != nil {
		return nil, err
	}
	return single.New(l, h.security(conn.ConnectionState())), nil
}

// client is the client side of TLS. The server's identity is verified here and not by the library, for a certificate may
// be trusted by its fingerprint (RFC 7589 §5), and for errors that tell what to do.
func (h *handshake) client() *gotls.Config {
	c := h.config
	return &gotls.Config{
		MinVersion:         gotls.VersionTLS12,
		ServerName:         c.Name,
		InsecureSkipVerify: true, // see VerifyConnection
		VerifyConnection: func(state gotls.ConnectionState) (err error) {
			h.verified, err = c.verify(state.PeerCertificates)
			return err
		},
		GetClientCertificate: func(*gotls.CertificateRequestInfo) (*gotls.Certificate, error) {
			h.asked.Store(true)
			if c.Certificate == nil {
				return &gotls.Certificate{}, nil
			}
			return c.Certificate, nil
		},
	}
}

// verify proves the server's identity (RFC 7589 §5, §6), and tells how.
func (c Config) verify(chain []*x509.Certificate) (string, error) {
	if len(chain) == 0 {
		return "", &transport.Error{Kind: ErrCertificate, Address: c.Address, Doing: "verifying", Cause: errors.New("it shows none"),
			Advice: "NETCONF over TLS needs a certificate on both sides (RFC 7589)"}
	}
	leaf := chain[0]
	if c.Fingerprint != "" {
		if shown := pki.Fingerprint(leaf.Raw); shown != c.Fingerprint {
			return "", &transport.Error{Kind: ErrFingerprint, Address: c.Address, Doing: "verifying",
				Cause:  fmt.Errorf("it shows %q, %s, and %s is expected", leaf.Subject, shown, c.Fingerprint),
				Advice: "The certificate was changed, or somebody is in between. If it is right, give --tls-fingerprint " + shown}
		}
		return "fingerprint", nil
	}
	between := x509.NewCertPool()
	for _, one := range chain[1:] {
		between.AddCert(one)
	}
	if _, err := leaf.Verify(x509.VerifyOptions{Roots: c.Roots, Intermediates: between, DNSName: c.Name}); err != nil {
		return "", c.unverified(leaf, err)
	}
	return "certificate path, name " + c.Name, nil
}

// security describes the connection for a report.
func (h *handshake) security(state gotls.ConnectionState) map[string]string {
	leaf := state.PeerCertificates[0]
	s := map[string]string{
		"transport":                   "tls",
		"tls-version":                 gotls.VersionName(state.Version),
		"cipher-suite":                gotls.CipherSuiteName(state.CipherSuite),
		"server-certificate":          leaf.Subject.String(),
		"server-certificate-issuer":   leaf.Issuer.String(),
		"server-certificate-expires":  leaf.NotAfter.UTC().Format(time.RFC3339),
		"server-fingerprint":          pki.Fingerprint(leaf.Raw),
		"server-certificate-verified": h.verified,
		"client-certificate":          "none asked for",
	}
	if state.CurveID != 0 {
		s["key-exchange"] = state.CurveID.String()
	}
	if h.asked.Load() {
		s["client-certificate"] = "none"
		if h.config.Certificate != nil {
			s["client-certificate"] = h.config.Certificate.Leaf.Subject.String()
		}
	}
	return s
}

func isReset(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}
