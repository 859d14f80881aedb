package tls

import (
	"context"
	gotls "crypto/tls"
	"errors"
	"net"
	"os"
	"time"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/pki"
	"github.com/ncspec/ncspec/harness/transport/tls"
)

// letIn is what an attempt of the proper client comes to.
const letIn = "let in, and spoken to"

func initiation() {
	It("authenticates both sides by certificates", Spec("tls/mutual-authentication"), Covers("rfc7589-1-mutual-authentication"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc7589-1-mutual-authentication"
			worksAsUsual(ctx)
			Demand(id, try(ctx, tls.Attempt{Certificate: own(ctx)}).String()).To(Equal(letIn))
			for _, newest := range versions() {
				Demand(id, string(try(ctx, tls.Attempt{Newest: newest}).Octets)).NotTo(Hold("a hello for a client without certificate", helloTag.MatchString))
			}
			worksAsUsual(ctx)
		})

	It("is reached on port 6513 of a device with default settings", Spec("tls/well-known-port"), Covers("rfc7589-2-well-known-port"),
		Needs("default-ports:tls", "!transport:call-home"), func(ctx ginkgo.SpecContext) {
			worksAsUsual(ctx)
			Demand("rfc7589-2-well-known-port", offered(ctx, FromContext(ctx).Target.DefaultPorts.TLS)).To(Equal("a TLS server"))
		})

	It("waits for the client to begin", Spec("tls/server-is-tls-server"), Covers("rfc7589-2-server-is-tls-server"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc7589-2-server-is-tls-server"
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			raw := Raw(ctx)
			Demand(id, spoken(raw, s.Patience())).To(Equal(""))
			a := tls.Attempt{Certificate: own(ctx), Name: FromContext(ctx).Target.TLS.Name}
			Demand(id, a.Try(ctx, raw, 3*s.Grace()).Shaken).To(BeTrue("the handshake is complete"))
		})

	It("asks the client for a certificate", Spec("tls/certificate-request"), Covers("rfc7589-2-certificate-request"),
		func(ctx ginkgo.SpecContext) {
			judged := false
			for _, newest := range versions() {
				if o := try(ctx, tls.Attempt{Certificate: own(ctx), Newest: newest}); o.Shaken {
					judged = true
					Demand("rfc7589-2-certificate-request", o.Asked).To(BeTrue("there is a CertificateRequest in the handshake, " + gotls.VersionName(o.Version)))
				}
			}
			if !judged {
				NoVerdict("no handshake was completed")
			}
		})

	It("verifies the client before its hello", Spec("tls/identity-before-hello"), Covers("rfc7589-2-identity-before-hello"),
		func(ctx ginkgo.SpecContext) {
			worksAsUsual(ctx)
			stranger, err := pki.SelfSigned(pki.Wanted{Name: "ncspec-stranger"})
			Given(err).To(Succeed())
			for _, newest := range versions() {
				o := try(ctx, tls.Attempt{Certificate: stranger, Newest: newest})
				Demand("rfc7589-2-identity-before-hello", string(o.Octets)).To(Equal(""))
			}
			worksAsUsual(ctx)
		})
}

// versions are those that differ in when a client's certificate is looked at.
func versions() []uint16 { return []uint16{gotls.VersionTLS12, gotls.VersionTLS13} }

// spoken gives what comes within the time to a client that says nothing.
func spoken(raw net.Conn, listen time.Duration) string {
	_ = raw.SetReadDeadline(time.Now().Add(listen))
	defer func() { _ = raw.SetReadDeadline(time.Time{}) }()
	octets := make([]byte, 4096)
	n, err := raw.Read(octets)
	if n == 0 && err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
		NoVerdict("the server ended a connection on which the client had said nothing yet")
	}
	return string(octets[:n])
}

// offered tells what answers at an address.
func offered(ctx context.Context, address string) string {
	limit := 3 * FromContext(ctx).Grace()
	raw, err := (&net.Dialer{Timeout: limit}).DialContext(ctx, "tcp", address)
	if err != nil {
		return "nobody"
	}
	o := tls.Attempt{Certificate: own(ctx), Name: FromContext(ctx).Target.TLS.Name}.Try(ctx, raw, limit)
	if len(o.Chain) == 0 {
		return "no TLS server"
	}
	return "a TLS server"
}
