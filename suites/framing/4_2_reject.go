package framing

import (
	"context"
	"fmt"
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

// breach is one way to break the grammar, which ends the session.
type breach struct {
	requirement string
	text        string
	variants    []variant
}

// variant gives octets that break the grammar around a get-config: a server that does not mind answers it with data.
type variant struct {
	name   string
	octets func(document string) string
	first  bool // nothing may be asked before
}

func (b breach) register() {
	It("ends the session on "+b.text, Spec("framing/"+slug(b.requirement)), Covers(b.requirement), func(ctx ginkgo.SpecContext) {
		b.judge(ctx)
		Given(Open(ctx, Named("afterwards"))).To(StillAnswer(ctx))
	})
}

func (b breach) judge(ctx context.Context) {
	all := tryAll(ctx, b.variants)
	Demand(b.requirement, all).To(allEnd())
	for _, t := range all {
		Observe("rpc-error ahead of the closure: "+t.variant, errorTag(t.Ending))
	}
}

// trial is what came of one variant.
type trial struct {
	variant string
	*session.Ending
}

type trials []trial

// HarnessError is why nothing can be said of the trials, nil where all could be made.
func (t trials) HarnessError() error {
	for _, one := range t {
		if one.Err != nil {
			return fmt.Errorf("variant %s: %w", one.variant, one.Err)
		}
	}
	return nil
}

// tryAll makes every variant in a session of its own.
func tryAll(ctx context.Context, variants []variant) trials {
	var all trials
	for _, v := range variants {
		var s *session.Session
		if v.first { // what ends every session would show nothing here
			Given(Open(ctx, Named("before"))).To(StillAnswer(ctx))
			s = Open(ctx, Fresh())
		} else {
			s = Open(ctx)
			Given(s).To(StillAnswer(ctx))
		}
		s.Note("variant: %s", v.name)
		provoke(ctx, s, v.octets(document(s)))
		all = append(all, trial{v.name, outcome(ctx, s)})
		_ = s.Close() // it is over, one way or the other
	}
	return all
}

// allEnd holds where each variant ended its session and had nothing carried out before (RFC 6242 section 4.2).
func allEnd() Matcher {
	fine := EndSession()
	return question[trials]{expected: "the server to end the session and to carry nothing out, for each variant",
		holds: func(all trials) bool { return failing(all) == nil },
		show: func(all trials) string {
			var b strings.Builder
			for _, t := range failing(all) {
				fmt.Fprintf(&b, "\nvariant %s:\n%s", t.variant, fine.FailureMessage(t.Ending))
			}
			return b.String()
		}}
}

func failing(all trials) trials {
	var failing trials
	for _, t := range all {
		if ok, _ := EndSession().Match(t.Ending); !ok {
			failing = append(failing, t)
		}
	}
	return failing
}

func errorTag(e *session.Ending) string {
	for _, r := range e.Replies {
		if len(r.Errors) > 0 {
			return r.Errors[0].Tag
		}
	}
	return "none"
}

func rejected() {
	register("sizes that break the grammar", brokenSizes())
	register("headers that break the grammar", brokenHeaders())
	register("chunks whose size does not fit", brokenChunks())
	register("ends of messages that break the grammar", brokenEnds())
	register("what is no chunk at all", brokenFraming())
	ginkgo.Describe("faults between two messages", func() {
		missingFinalLF()
		extraLF()
	})
}

func register(title string, breaches []breach) {
	ginkgo.Describe(title, func() {
		for _, b := range breaches {
			b.register()
		}
	})
}
