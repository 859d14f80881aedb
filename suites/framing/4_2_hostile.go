package framing

import (
	"context"
	"math/rand/v2"
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

// hostileSizes provokes what overruns a buffer. Only a crash or the loss of service can be seen from here.
func hostileSizes() {
	const id = "rfc6242-4.2-no-buffer-overrun"
	It("survives framing that is made to overrun a buffer", Spec("framing/no-buffer-overrun"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			bystander := Open(ctx, Named("bystander"))
			Given(bystander).To(StillAnswer(ctx))
			for _, v := range hostile() {
				attack(ctx, v)
				Demand(id, bystander).To(StillAnswer(ctx))
			}
			demandNewSession(ctx, id)
		})
}

// attack sends the octets, and an EOF behind them so that a server need not wait for more.
func attack(ctx context.Context, v variant) {
	s := Open(ctx)
	s.Note("variant: %s", v.name)
	provoke(ctx, s, v.octets(document(s)))
	_ = s.Stream().CloseWrite() // the server may have closed the channel by now
	s.Quiet(ctx, pause(s))
	_ = s.Close()
}

const (
	manyChunks    = 1_000_000
	randomHeaders = 8
)

// hostile gives sizes around the limits of integers with little data, very many chunks, and headers at random.
func hostile() []variant {
	var all []variant
	for _, size := range []string{"2147483647", "2147483648", "4294967295", "4294967296", "9223372036854775807",
		"9223372036854775808", "18446744073709551615", "18446744073709551616"} {
		all = append(all, variant{name: "size " + size, octets: func(document string) string { return "\n#" + size + "\n" + document }})
	}
	all = append(all, variant{name: "a million chunks of one octet",
		octets: func(string) string { return strings.Repeat(chunk("x"), manyChunks) }})
	random := rand.New(rand.NewPCG(uint64(ginkgo.GinkgoRandomSeed()), 0))
	for range randomHeaders {
		all = append(all, variant{name: "a header at random", octets: func(document string) string {
			return "\n#" + someOctets(random) + "\n" + document + session.Nothing()
		}})
	}
	return all
}

func someOctets(random *rand.Rand) string {
	octets := make([]byte, 1+random.IntN(64))
	for i := range octets {
		octets[i] = byte(random.IntN(256))
	}
	return string(octets)
}
