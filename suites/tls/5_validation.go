package tls

import (
	gotls "crypto/tls"
	"fmt"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/pki"
	"github.com/ncspec/ncspec/harness/transport/tls"
)

const untrustedID = "rfc7589-5-untrusted-certificate-terminated"

func validation() {
	It("ends the connection of a client whose certificate is not valid", Spec("tls/untrusted-certificate-terminated"), Covers(untrustedID),
		func(ctx ginkgo.SpecContext) {
			worksAsUsual(ctx)
			for _, c := range untrusted(own(ctx)) {
				for _, newest := range versions() {
					Demand(untrustedID, fmt.Sprintf("%s: %s", c.what, try(ctx, tls.Attempt{Certificate: c.certificate, Newest: newest}))).
						To(Equal(c.what + ": refused"))
				}
			}
			for _, c := range FromContext(ctx).Target.TLS.Identities {
				if c.Proves == untrustedID {
					what := c.Certificate + " of the target file: "
					Demand(untrustedID, what+try(ctx, tls.Attempt{Certificate: shown(ctx, c)}).String()).To(Equal(what + "refused"))
				}
			}
			worksAsUsual(ctx)
		})

	It("may accept a certificate by its fingerprint", Spec("tls/fingerprint-match-accepted"), Covers("rfc7589-5-fingerprint-match-accepted"),
		Needs("tls-identities"), func(ctx ginkgo.SpecContext) {
			worksAsUsual(ctx)
			for _, c := range proving(ctx, "rfc7589-5-fingerprint-match-accepted") {
				Observe("a self-signed certificate with a known fingerprint", try(ctx, tls.Attempt{Certificate: shown(ctx, c)}), letIn, "refused")
			}
		})
}

// unfit is a client certificate that no server may accept, unless its fingerprint is known.
type unfit struct {
	what        string
	certificate *gotls.Certificate
}

// untrusted makes certificates that nobody vouches for. The last is signed by the client's own certificate, which is
// trusted, and is no authority.
func untrusted(proper *gotls.Certificate) []unfit {
	self, err := pki.SelfSigned(pki.Wanted{Name: "ncspec-self-signed"})
	Given(err).To(Succeed())
	authority, err := pki.SelfSigned(pki.Wanted{Name: "ncspec-unknown-authority", CA: true})
	Given(err).To(Succeed())
	stranger, err := pki.Issue(pki.Wanted{Name: "ncspec-stranger"}, authority)
	Given(err).To(Succeed())
	all := []unfit{{"self-signed", self}, {"signed by an unknown authority", stranger}}
	if below, err := pki.Issue(pki.Wanted{Name: "ncspec-below"}, proper); err == nil {
		below.Certificate = append(below.Certificate[:1:1], proper.Certificate...)
		all = append(all, unfit{"signed by a certificate that is no authority", below})
	}
	return all
}
