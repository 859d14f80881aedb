package edit

import (
	"context"
	"strings"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

// trial is one edit, and what has to come of it.
type trial struct {
	doing string           // names the edit
	given string           // the place beforehand; "" as usual
	fresh bool             // what the leaf stands in has to be new in the candidate too; left out where that cannot be had
	sound string           // an operation like it that must work, or the answer to it means nothing; "" none
	send  string           // the operation
	with  []session.Option // of its rpc
	reply Matcher
	after string // the place afterwards; "" as before
	ifOK  string // the place afterwards if the answer is ok, where that is left to the server; "" as after
	// orElse is another content that the place may have as well afterwards; "" none.
	orElse string
	legal  []string // usual answers where the RFC leaves them open: the answer is observed then
	// late says that the content breaks the model: a server whose model is not announced may notice at commit.
	late bool
	then *trial // begins where this one has ended; nil none
}

// probe is a spec: trials of one requirement on the model, on the leaf, or one spec for each.
type probe struct {
	slug, text, id string
	needs          []string
	model          func(model) []trial
	leaf           func(leaf) []trial
}

// specify puts the probes into Ginkgo's tree.
func specify(probes ...probe) {
	for _, p := range probes {
		if p.model != nil {
			p.spec(p.slug, "fixture:model", func(ctx context.Context) (place, []trial) {
				m := fixtureModel(ctx)
				return m, p.model(m)
			})
		}
		slug := p.slug
		if p.model != nil {
			slug += "-leaf"
		}
		if p.leaf != nil {
			p.spec(slug, "fixture:leaf", func(ctx context.Context) (place, []trial) {
				l := fixtureLeaf(ctx)
				return l, p.leaf(l)
			})
		}
	}
}

func (p probe) spec(slug, fixture string, trials func(context.Context) (place, []trial)) {
	It(p.text, Spec("edit/"+slug), Covers(p.id), Needs(append(p.needs, fixture)...), func(ctx ginkgo.SpecContext) {
		at, all := trials(ctx)
		b := begin(ctx, at)
		for _, t := range all {
			b.try(ctx, p.id, t)
		}
	})
}

// try makes a trial and judges what comes of it.
func (b *bench) try(ctx context.Context, id string, t trial) {
	if t.given == "" {
		t.given = b.at.usual()
	}
	if t.fresh && !b.renew(ctx) {
		return
	}
	b.prepare(ctx, t.given)
	if t.sound != "" {
		Given(b.send(ctx, t.sound)).To(BeOK())
		b.prepare(ctx, t.given)
	}
	for next := &t; next != nil; next = next.then {
		b.judge(ctx, id, *next)
	}
}

// judge sends the edit of a trial.
func (b *bench) judge(ctx context.Context, id string, t trial) {
	b.s.Note("%s", t.doing)
	reply := b.send(ctx, t.send, t.with...)
	if t.legal != nil {
		Observe("answer to "+t.doing, answer(reply), t.legal...)
	}
	if t.late && reply.Normal() && b.checksLate(ctx) {
		NotJudged(id, "the model is not announced as a YANG module: the check may be left to commit")
		return
	}
	Demand(id, reply).To(upon(t.doing, t.reply))
	b.demand(ctx, id, t.doing, b.expected(ctx, t, reply))
}

// expected is the content that the place should have after a trial.
func (b *bench) expected(ctx context.Context, t trial, reply *session.Reply) string {
	if t.orElse != "" && b.holds(ctx, t.orElse, b.read(ctx)) {
		return t.orElse
	}
	switch {
	case reply.OK && t.ifOK != "":
		return t.ifOK
	case t.after != "":
		return t.after
	}
	return b.given
}

// checksLate tells whether a server may put off to commit, or validate, what the model asks.
func (b *bench) checksLate(ctx context.Context) bool {
	return b.at.store() == datastore.Candidate && !FromContext(ctx).Claims.Has(b.at.namespace())
}

// answer says in a word how an edit was answered: ok, or its error-tags with the local names of what they name.
func answer(reply *session.Reply) string {
	if reply.Outcome != session.Answered {
		return reply.Outcome.String()
	}
	var all []string
	for _, e := range reply.Errors {
		tag := e.Tag
		for _, named := range []string{e.BadAttribute, e.BadElement} {
			if named != "" {
				tag += " " + named[strings.LastIndex(named, ":")+1:]
			}
		}
		all = append(all, tag)
	}
	if len(all) == 0 {
		return "ok"
	}
	return strings.Join(all, ", ")
}

// settle holds for either of ok and an rpc-error, but not both: the RFC leaves open which.
func settle() Matcher {
	return BeReply("either ok or an rpc-error", func(r *session.Reply) bool { return r.OK != (len(r.Errors) > 0) })
}

// refuse holds for an rpc-error and no ok; the RFC prescribes no error-tag.
func refuse() Matcher { return BeRPCError() }
