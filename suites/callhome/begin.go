package callhome

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"strings"
	"time"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/pki"
	"github.com/ncspec/ncspec/harness/transport/tls"
)

const protocolID = "rfc8071-4.1-s3-protocol-by-port"

// mostSilence bounds how long a TLS server is listened to before the client begins.
const mostSilence = 2 * time.Second

// beginsSSH judges that a call begins with SSH: both sides send a version, and the server may wait for ours.
func beginsSSH(ctx context.Context) {
	grace := FromContext(ctx).Grace()
	fresh(ctx, func(raw net.Conn) bool {
		said, over := heard(raw, grace, sshVersion)
		if !sshVersion(said) && !over {
			_, _ = raw.Write([]byte("SSH-2.0-ncspec\r\n"))
			more, _ := heard(raw, 2*grace, sshVersion)
			said += more
		}
		if said == "" && over {
			return false
		}
		Demand(protocolID, said).To(Hold("a version of SSH 2.0", sshVersion))
		return true
	})
}

// sshVersion tells whether a line is an SSH version (RFC 4253 §4.2).
func sshVersion(text string) bool {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "SSH-2.0-") {
			return true
		}
	}
	return false
}

// beginsTLS judges that a call begins with nothing, and that a handshake of TLS is possible then.
func beginsTLS(ctx context.Context) {
	grace := FromContext(ctx).Grace()
	fresh(ctx, func(raw net.Conn) bool {
		said, over := heard(raw, min(grace, mostSilence), func(string) bool { return false })
		if said == "" && over {
			return false
		}
		Demand(protocolID, said).To(Equal(""))
		Demand(protocolID, attempt(ctx, raw).Shaken).To(BeTrue("the handshake is complete"))
		return true
	})
}

// heard listens for as long as the time, until there is enough, or until the server ends the connection.
func heard(raw net.Conn, listen time.Duration, enough func(string) bool) (said string, over bool) {
	_ = raw.SetReadDeadline(time.Now().Add(listen))
	defer func() { _ = raw.SetReadDeadline(time.Time{}) }()
	buffer := make([]byte, 4096)
	for !enough(said) && len(said) < 1<<20 {
		n, err := raw.Read(buffer)
		said += string(buffer[:n])
		if err != nil {
			return said, !errors.Is(err, os.ErrDeadlineExceeded)
		}
	}
	return said, false
}

// attempt is the proper client's handshake.
func attempt(ctx context.Context, raw net.Conn) tls.Outcome {
	t := FromContext(ctx).Target
	config, err := tls.Load(t.Address, tls.Files{Certificate: t.TLS.Certificate, Key: t.TLS.Key})
	Given(err).To(Succeed())
	return tls.Attempt{Certificate: config.Certificate, Name: t.TLS.Name}.Try(ctx, raw, 3*t.Grace)
}

// wholeChain judges that the server's certificates lead to an authority that signs itself.
func wholeChain(ctx context.Context) {
	t := FromContext(ctx).Target
	if t.TLS.CA == "" {
		NoVerdict("the authority of the server's certificate is not known: give --tls-ca")
	}
	text, err := os.ReadFile(t.TLS.CA)
	Given(err).To(Succeed())
	authorities, err := pki.ParseCertificates(text)
	Given(err).To(Succeed())
	roots := x509.NewCertPool()
	for _, one := range authorities {
		if one.CheckSignatureFrom(one) == nil {
			roots.AddCert(one)
		}
	}
	fresh(ctx, func(raw net.Conn) bool {
		chain := attempt(ctx, raw).Chain
		if len(chain) == 0 {
			return false
		}
		Demand("rfc8071-4.1-s4-intermediate-certificates", path(chain, roots)).To(Succeed())
		return true
	})
}

func path(chain []*x509.Certificate, roots *x509.CertPool) error {
	between := x509.NewCertPool()
	for _, one := range chain[1:] {
		between.AddCert(one)
	}
	_, err := chain[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	return err
}
