package tls

import (
	"context"
	gotls "crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"

	"github.com/ncspec/ncspec/harness/pki"
	"github.com/ncspec/ncspec/harness/transport"
)

// What a failure is about, for errors.Is, beside transport.ErrUnreachable and transport.ErrTimeout.
var (
	// ErrHandshake is a peer that does not complete a TLS handshake.
	ErrHandshake = errors.New("no TLS handshake")
	// ErrExpired is a server certificate that is not valid at this time.
	ErrExpired = errors.New("the server's certificate is not valid now")
	// ErrUnknownAuthority is a server certificate that nobody whom we trust vouches for.
	ErrUnknownAuthority = errors.New("nobody who is trusted vouches for the server's certificate")
	// ErrName is a server certificate of another name (RFC 6125 §6).
	ErrName = errors.New("the server's certificate is for another name")
	// ErrFingerprint is a server certificate other than the one that is expected.
	ErrFingerprint = errors.New("the server shows another certificate than the one expected")
	// ErrCertificate is a server certificate that is wrong in some other way.
	ErrCertificate = errors.New("the server's certificate is not accepted")
	// ErrRefused is a server that does not accept the client's certificate.
	ErrRefused = errors.New("the server refused the client's certificate")
)

// unverified explains why a server's certificate is not accepted.
func (c Config) unverified(leaf *x509.Certificate, err error) error {
	shown := fmt.Sprintf("it shows %q of %q, valid from %s to %s, fingerprint %s", leaf.Subject, leaf.Issuer,
		leaf.NotBefore.UTC().Format(time.DateOnly), leaf.NotAfter.UTC().Format(time.DateOnly), pki.Fingerprint(leaf.Raw))
	e := &transport.Error{Kind: ErrCertificate, Address: c.Address, Doing: "verifying", Cause: err}
	var invalid x509.CertificateInvalidError
	var name x509.HostnameError
	var authority x509.UnknownAuthorityError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		e.Kind, e.Advice = ErrExpired, "Renew it, set the clocks right"
	case errors.As(err, &name):
		e.Kind, e.Advice = ErrName, "If it is the right server, say by --tls-name which name its certificate has"
	case errors.As(err, &authority):
		e.Kind, e.Advice = ErrUnknownAuthority, "Give the certificate of its authority with --tls-ca"
	default:
		e.Advice = "Give it another certificate"
	}
	e.Advice += ", or take this one whatever it says with --tls-fingerprint; " + shown
	return e
}

// explain tells which step of the handshake failed, and what to do.
func (h *handshake) explain(ctx context.Context, err error) error {
	doing, address := "exchanging TLS keys with", h.config.Address
	var told *transport.Error
	var header gotls.RecordHeaderError
	switch {
	case errors.As(err, &told):
		return told
	case ctx.Err() != nil:
		return fmt.Errorf("%s %s: %w", doing, address, context.Cause(ctx))
	case timedOut(err):
		return &transport.Error{Kind: transport.ErrTimeout, Address: address, Doing: doing, Cause: err,
			Advice: fmt.Sprintf("The server gave no answer for %v; check that it is NETCONF over TLS that listens there", h.config.Timeout)}
	case errors.As(err, &header):
		return &transport.Error{Kind: ErrHandshake, Address: address, Doing: doing,
			Cause:  fmt.Errorf("what answers is not TLS, it begins with %q", header.RecordHeader[:]),
			Advice: "Check the port: NETCONF over TLS is on 6513 by default, over SSH on 830"}
	case h.asked.Load() && (alerted(err) || hungUp(err)):
		return h.config.refused(doing, err)
	}
	return &transport.Error{Kind: ErrHandshake, Address: address, Doing: doing, Cause: err,
		Advice: "Check that a TLS server listens there, and that it speaks TLS 1.2 or 1.3"}
}

// refused explains that the server did not take the client's certificate.
func (c Config) refused(doing string, cause error) error {
	e := &transport.Error{Kind: ErrRefused, Address: c.Address, Doing: doing, Cause: cause,
		Advice: "None was shown: give one that the server trusts with --tls-cert and --tls-key"}
	if c.Certificate != nil {
		leaf := c.Certificate.Leaf
		e.Advice = fmt.Sprintf("It was %q of %q, valid from %s to %s, fingerprint %s: see that the server trusts its issuer, and maps it to a user",
			leaf.Subject, leaf.Issuer, leaf.NotBefore.UTC().Format(time.DateOnly), leaf.NotAfter.UTC().Format(time.DateOnly), pki.Fingerprint(leaf.Raw))
	}
	return e
}

// alerted tells whether the peer ended the connection by an alert of TLS.
func alerted(err error) bool {
	var told *net.OpError
	return errors.As(err, &told) && told.Op == "remote error"
}

// hungUp tells whether the peer ended the connection without saying why.
func hungUp(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || isReset(err)
}

func timedOut(err error) bool {
	var n net.Error
	return errors.Is(err, os.ErrDeadlineExceeded) || errors.As(err, &n) && n.Timeout()
}
