package tls

import (
	gotls "crypto/tls"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/transport/tls"
)

func ciphers() {
	It("speaks TLS 1.2", Spec("tls/tls12"), Covers("rfc7589-8-tls12"), func(ctx ginkgo.SpecContext) {
		const id = "rfc7589-8-tls12"
		worksAsUsual(ctx)
		o := try(ctx, tls.Attempt{Certificate: own(ctx), Newest: gotls.VersionTLS12})
		Demand(id, o.String()).To(Equal(letIn))
		Observe("cipher suite of TLS 1.2", gotls.CipherSuiteName(o.Suite))
		mandatory := []uint16{gotls.TLS_RSA_WITH_AES_128_CBC_SHA}
		Observe("TLS_RSA_WITH_AES_128_CBC_SHA", try(ctx, tls.Attempt{Certificate: own(ctx), Newest: gotls.VersionTLS12, Suites: mandatory}), letIn, "refused")
	})

	It("follows the recommendations for TLS", Spec("tls/bcp195"), Covers("rfc7589-8-bcp195"), func(ctx ginkgo.SpecContext) {
		const id = "rfc7589-8-bcp195"
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		offer := func(o tls.Offer) tls.Chosen {
			chosen, err := o.Make(ctx, Raw(ctx), 3*s.Grace())
			Given(err).To(Succeed())
			return chosen
		}
		for _, w := range weak() {
			Demand(id, w.what+" "+offer(w.offer).String()).To(Equal(w.what + " refused"))
		}
		compressed := offer(tls.Offer{Version: gotls.VersionTLS12, Suites: usual(), Compressions: []byte{1, 0}})
		Demand(id, int(compressed.Compression)).To(Equal(0))
		for _, version := range []uint16{gotls.VersionTLS10, gotls.VersionTLS11} {
			Observe(gotls.VersionName(version), offer(tls.Offer{Version: version, Suites: usual(), Compressions: none()}), "refused")
		}
		worksAsUsual(ctx)
	})
}

func none() []byte { return []byte{0} }

// usual are cipher suites of which servers have some, of all versions.
func usual() []uint16 {
	return []uint16{gotls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, gotls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
		gotls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, gotls.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, gotls.TLS_RSA_WITH_AES_128_GCM_SHA256,
		gotls.TLS_RSA_WITH_AES_128_CBC_SHA, gotls.TLS_RSA_WITH_3DES_EDE_CBC_SHA}
}

// refusable is an offer that RFC 7525 tells servers to refuse (§3.1.1, §4.1).
type refusable struct {
	what  string
	offer tls.Offer
}

func weak() []refusable {
	const ssl30 = 0x0300
	return []refusable{
		{"SSL 3.0", tls.Offer{Version: ssl30, Suites: usual(), Compressions: none()}},
		{"RC4", tls.Offer{Version: gotls.VersionTLS12, Compressions: none(), Suites: []uint16{gotls.TLS_ECDHE_ECDSA_WITH_RC4_128_SHA,
			gotls.TLS_ECDHE_RSA_WITH_RC4_128_SHA, gotls.TLS_RSA_WITH_RC4_128_SHA, 0x0004}}},
		{"no encryption", tls.Offer{Version: gotls.VersionTLS12, Compressions: none(), Suites: []uint16{0x0001, 0x0002, 0x003B, 0xC006, 0xC010}}},
		{"export ciphers", tls.Offer{Version: gotls.VersionTLS12, Compressions: none(), Suites: []uint16{0x0003, 0x0006, 0x0008, 0x000B, 0x000E}}},
	}
}
