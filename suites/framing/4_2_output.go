package framing

import (
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/monitor"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

func sentChunks() {
	ginkgo.Describe("the chunks that a server sends", func() {
		outputGrammar()
		outputSizes()
		outputCharacters()
		outputLarge()
	})
}

func outputGrammar() {
	const id = "rfc6242-4.2-output-grammar"
	It("sends messages that follow the chunk grammar", Spec("framing/output-grammar"), Covers(id), Monitor(),
		func(ctx ginkgo.SpecContext) { DemandNoFindings(ctx, id, monitor.Chunked) })
}

func outputSizes() {
	const id = "rfc6242-4.2-output-no-leading-zeros"
	It("sends sizes without leading zeros and up to 4294967295", Spec("framing/output-no-leading-zeros"), Covers(id), Monitor(),
		func(ctx ginkgo.SpecContext) { DemandNoFindings(ctx, id, monitor.Chunked) })
}

// text has many characters of two, three and four octets: a size in characters or in UTF-16 falls short.
func text() string { return strings.Repeat("é€"+clef, 40) }

func outputCharacters() {
	const id = "rfc6242-4.2-output-size-in-octets"
	It("states sizes in octets", Spec("framing/output-size-in-octets"), Covers(id), Needs("fixture:text"),
		func(ctx ginkgo.SpecContext) {
			s, t := Open(ctx), FixtureLeaf(ctx)
			Given(s.RPC(ctx, t.Edit(text()))).To(BeOK())
			seen := len(s.Others())
			reply := s.RPC(ctx, t.Ask(t.Store))
			Demand(id, frames(s, reply, seen)).To(beFramed(ofSize))
			Given(reply).To(HaveXPath(t.Expr(), text()).In(t.Namespaces()))
		})
}

func outputLarge() {
	const id = "rfc6242-4.2-output-large-reply"
	It("frames large replies", Spec("framing/output-large-reply"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		seen := len(s.Others())
		reply := s.AwaitFor(ctx, s.Send(ctx, netconf.Get("")), patience*s.Grace())
		if len(frames(s, reply, seen)) == 0 && len(s.Others()) == seen {
			NoVerdict("no reply to get without a filter came in time")
		}
		Demand(id, frames(s, reply, seen)).To(beFramed(whatever))
		Demand(id, reply).To(BeAnswered())
		Demand(id, len(reply.Message.Faults) == 0).To(BeTrue("the document of the reply is not well-formed"))
		Observe("largest reply (octets)", len(reply.Message.Octets))
	})
}

// frames gives the frames of a reply and of what has come since beside replies: a frame that is cut in the wrong place
// holds no document that could be one.
func frames(s *session.Session, reply *session.Reply, seen int) [][]byte {
	var all [][]byte
	for _, m := range s.Others()[seen:] {
		all = append(all, m.Frame)
	}
	if reply.Outcome == session.Answered {
		all = append(all, reply.Message.Frame)
	}
	return all
}

// beFramed holds for whole frames in which the strict decoder finds no fault of the kind that counts.
func beFramed(counts func(wire.Rule) bool) Matcher {
	return question[[][]byte]{expected: "whole messages in chunks of just the sizes that their headers say",
		holds: func(all [][]byte) bool { return len(all) > 0 && len(violations(all, counts)) == 0 },
		show: func(all [][]byte) string {
			if len(all) == 0 {
				return "no message that came to its end"
			}
			return strings.Join(violations(all, counts), "\n")
		}}
}

func whatever(wire.Rule) bool { return true }

// ofSize leaves out the faults that a wrong size does not bring about.
func ofSize(r wire.Rule) bool {
	switch r {
	case wire.LeadingZero, wire.ZeroSize, wire.OctetsBetweenMessages, wire.EndWithoutChunk:
		return false
	}
	return true
}

func violations(frames [][]byte, counts func(wire.Rule) bool) []string {
	var all []string
	for _, frame := range frames {
		decoder := wire.NewDecoder(wire.Chunked, wire.Limits{})
		for rest := frame; len(rest) > 0 && !decoder.Stopped(); {
			n, event := decoder.Decode(rest)
			if event.Kind == wire.Violated && counts(event.Violation.Rule) {
				all = append(all, event.Violation.Error())
			}
			rest = rest[n:]
		}
	}
	return all
}
