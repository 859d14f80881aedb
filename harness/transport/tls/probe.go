package tls

import (
	"bytes"
	"context"
	gotls "crypto/tls"
	"crypto/x509"
	"net"
	"time"
)

// Attempt is a TLS client that verifies nothing: what it gets to know decides a verdict, and nothing is entrusted to the
// server.
type Attempt struct {
	Certificate *gotls.Certificate // nil none
	Name        string             // that is asked for; "" none
	Newest      uint16             // version; zero is TLS 1.3
	Suites      []uint16           // up to TLS 1.2; none is the library's choice
}

// Outcome is what became of an attempt.
type Outcome struct {
	Asked   bool // for a certificate
	Shaken  bool // the handshake is complete, as far as the client can tell
	Version uint16
	Suite   uint16
	Chain   []*x509.Certificate // the server's
	Octets  []byte              // application data, up to the first end-of-message mark
	Ended   bool                // by the server
	Why     error               // what ended it, or that the time was over; nil where the mark came
}

// String says it for people.
func (o Outcome) String() string {
	switch {
	case len(o.Octets) > 0:
		return "let in, and spoken to"
	case o.Ended:
		return "refused"
	case o.Shaken:
		return "let in, and not spoken to"
	}
	return "neither let in nor refused"
}

// mark ends a hello (RFC 7589 §3).
var mark = []byte("]]>]]>")

// mostRead bounds what is read of a hello.
const mostRead = 8 << 20

// Try makes an attempt on a TCP connection, which is closed then, and reads up to the end of a hello, for limit at most.
func (a Attempt) Try(ctx context.Context, raw net.Conn, limit time.Duration) Outcome {
	defer raw.Close()
	stop := context.AfterFunc(ctx, func() { _ = raw.Close() })
	defer stop()
	_ = raw.SetDeadline(time.Now().Add(limit))
	var o Outcome
	conn := gotls.Client(raw, a.client(&o))
	if err := conn.Handshake(); err != nil {
		return o.ended(err)
	}
	state := conn.ConnectionState()
	o.Shaken, o.Version, o.Suite, o.Chain = true, state.Version, state.CipherSuite, state.PeerCertificates
	buffer := make([]byte, 32<<10)
	for len(o.Octets) < mostRead && !bytes.Contains(o.Octets, mark) {
		n, err := conn.Read(buffer)
		o.Octets = append(o.Octets, buffer[:n]...)
		if err != nil {
			return o.ended(err)
		}
	}
	_ = conn.Close()
	return o
}

func (o Outcome) ended(err error) Outcome {
	o.Why, o.Ended = err, !timedOut(err)
	return o
}

func (a Attempt) client(o *Outcome) *gotls.Config {
	return &gotls.Config{
		MinVersion:         gotls.VersionTLS10,
		MaxVersion:         a.Newest,
		CipherSuites:       a.Suites,
		ServerName:         a.Name,
		InsecureSkipVerify: true, // see Attempt
		GetClientCertificate: func(*gotls.CertificateRequestInfo) (*gotls.Certificate, error) {
			o.Asked = true
			if a.Certificate == nil {
				return &gotls.Certificate{}, nil
			}
			return a.Certificate, nil
		},
	}
}
