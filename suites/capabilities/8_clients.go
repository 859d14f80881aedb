package capabilities

import (
	"context"
	"fmt"
	"strings"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/guard"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

func clients() {
	It("ignores capabilities of the client that it does not know", Spec("capabilities/unknown-client-capability"),
		Covers("rfc6241-8-unknown-client-capability-ignored"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8-unknown-client-capability-ignored"
			usual := Open(ctx).GetConfig(ctx, datastore.Running, "")
			Given(usual).To(CarryData())
			made := []string{"urn:ietf:params:netconf:capability:frobnicate:9.9", "http://vendor.example/x?y=1&z=2"}
			reply := greetedWith(ctx, made)
			Demand(id, reply).To(CarryData())
			Demand(id, topLevel(reply)).To(Equal(topLevel(usual)))
			Observe("a hello with 500 capabilities", greetedWith(ctx, many()).Outcome.String(), "answered", "session ended by the server")
		})

	It("does not take a shorthand for a capability", Spec("capabilities/client-shorthand"), Covers("rfc6241-8-client-shorthand-not-understood"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8-client-shorthand-not-understood"
			Given(Open(ctx)).To(StillAnswer(ctx))
			for _, short := range []string{":base:1.1", "base:1.1"} {
				for _, f := range []wire.Framing{wire.Chunked, wire.EndOfMessage} {
					s := Open(ctx, Mute())
					_, err := s.ReceiveHello(ctx)
					Given(err).To(Succeed())
					provoke(ctx, s, wire.Append(nil, wire.EndOfMessage, netconf.MarshalHello(0, short)))
					s.ExpectFraming(f)
					provoke(ctx, s, wire.Append(nil, f, netconf.Request{MessageID: "1", Operation: session.Nothing()}.Marshal()))
					ending := s.Quiet(ctx, s.Grace())
					Demand(id, ending).To(CarryNothingOut())
					Observe("after "+short, map[bool]string{true: "closed", false: "open"}[ending.Ended], "closed", "open")
				}
			}
			Given(Open(ctx)).To(StillAnswer(ctx))
		})
}

// greetedWith opens a session whose client announces more than the versions, and asks for running.
func greetedWith(ctx context.Context, more []string) *session.Reply {
	s := Open(ctx, Mute())
	_, err := s.ReceiveHello(ctx)
	Given(err).To(Succeed())
	Given(s.SendHello(ctx, append(session.Versions(), more...)...)).To(Succeed())
	Given(s.Agree()).To(Succeed())
	return s.GetConfig(ctx, datastore.Running, "")
}

func many() []string {
	var all []string
	for i := range 500 {
		all = append(all, fmt.Sprintf("urn:example:ncspec:capability:%d", i))
	}
	return all
}

// topLevel names the top-level nodes of a reply.
func topLevel(r *session.Reply) string {
	if r.Data == nil {
		return ""
	}
	var names []string
	for _, line := range guard.Canonical(r.Data) {
		if end := strings.Index(line, "}"); strings.Count(line[end:], "/") == 0 && !strings.Contains(line, "=") {
			names = append(names, line)
		}
	}
	return strings.Join(names, "\n")
}

// provoke writes octets that the server may answer by going away.
func provoke(ctx context.Context, s *session.Session, octets []byte) {
	if err := s.Break(ctx, octets); err != nil && ctx.Err() != nil {
		Broken("writing the probe: %v", err)
	}
}
