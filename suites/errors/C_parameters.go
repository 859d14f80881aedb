package errors

import (
	"context"
	"strconv"
	"time"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func parameters() {
	ginkgo.Describe("parameters", func() {
		unknownParameter()
		wrongNamespace()
		datastoreNames()
		sessionIDs()
	})
}

func unknownParameter() {
	const id = "rfc6241-C-unknown-parameter"
	It("are those that the operation has", Spec("errors/unknown-parameter"), Covers(id), func(ctx ginkgo.SpecContext) {
		b, victim, other := begin(ctx), Open(ctx, Named("victim")), Open(ctx, Named("other"))
		leaving := begin(ctx, Named("leaving")).s
		Given(victim).To(StillAnswer(ctx))
		refuses(ctx, id, b.s,
			probe{"get-config", `<get-config><source><running/></source><filter type="subtree"/><bogus/></get-config>`},
			probe{"lock", "<lock><target><running/></target><bogus/></lock>"})
		refuses(ctx, id, leaving, probe{"close-session", "<close-session><bogus/></close-session>"})
		refuses(ctx, id, b.s, probe{"kill-session", "<kill-session><session-id>" + victim.ID() + "</session-id><bogus/></kill-session>"})
		free(ctx, id, other, datastore.Running)
		Demand(id, leaving).To(StillAnswer(ctx))
		Demand(id, victim).To(StillAnswer(ctx))
	})
}

func wrongNamespace() {
	const id = "rfc6241-C-parameter-wrong-namespace"
	It("are in the base namespace", Spec("errors/parameter-wrong-namespace"), Covers(id), func(ctx ginkgo.SpecContext) {
		refuses(ctx, id, begin(ctx).s,
			probe{"source in another namespace", `<get-config><source xmlns="urn:example:other"><running/></source></get-config>`},
			probe{"running in another namespace", `<get-config><source><running xmlns="urn:example:other"/></source></get-config>`})
	})
}

func datastoreNames() {
	const id = "rfc6241-C-datastore-leaf-empty"
	It("that name a datastore are empty", Spec("errors/datastore-leaf-empty"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := begin(ctx).s
		for what, source := range map[string]string{"text": "<running>x</running>", "an element": "<running><y/></running>"} {
			Observe("running with "+what+" in it", outcome(s.RPC(ctx, "<get-config><source>"+source+`</source><filter type="subtree"/></get-config>`)),
				"rpc-error", "data")
		}
	})
}

func sessionIDs() {
	const id = "rfc6241-C-kill-session-id-type"
	It("that name a session are numbers from 1 to 4294967295", Spec("errors/kill-session-id-type"), Covers(id), func(ctx ginkgo.SpecContext) {
		b, other := begin(ctx), Open(ctx, Named("other"))
		Given(other).To(StillAnswer(ctx))
		own, err := strconv.ParseUint(other.ID(), 10, 32)
		Given(err).To(Succeed())
		for _, value := range []string{"0", "-1", "abc", "", "1.0", "4294967296", strconv.FormatUint(own+1<<32, 10)} {
			refuses(ctx, id, b.s, probe{"session-id " + strconv.Quote(value), netconf.KillSession(value)})
		}
		Demand(id, b.s).To(StillAnswer(ctx))
		Demand(id, other).To(StillAnswer(ctx))
	})
}

func timeouts() {
	ginkgo.Describe("confirm-timeout", func() {
		timeoutRange()
		longestTimeout()
	})
}

// confirmed is a confirmed commit with a timeout as it stands.
func confirmed(timeout string) string {
	return "<commit><confirmed/><confirm-timeout>" + timeout + "</confirm-timeout></commit>"
}

func timeoutRange() {
	const id = "rfc6241-C-confirm-timeout-range"
	It("is a number from 1 to 4294967295", Spec("errors/confirm-timeout-range"), Covers(id), Needs("fixture:leaf", "candidate"), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		leaf, _ := b.leaf()
		before := b.look(ctx, datastore.Running)
		for _, timeout := range []string{"0", "-1", "abc", "4294967296", ""} {
			leaf.Change(ctx, b.s)
			what := "confirm-timeout " + strconv.Quote(timeout)
			commit, cancel := b.s.RPC(ctx, confirmed(timeout)), b.s.RPC(ctx, netconf.CancelCommit())
			Observe(what, outcome(commit))
			Demand(id, commit).To(upon(what, refuse()))
			Demand(id, cancel).To(upon("cancel-commit behind "+what, refuse()))
			b.unchanged(ctx, id, datastore.Running, before)
			Given(b.s.DiscardChanges(ctx)).To(BeOK())
		}
	})
}

func longestTimeout() {
	const id = "rfc6241-C-confirm-timeout-max"
	It("may be 4294967295", Spec("errors/confirm-timeout-max"), Covers(id), Needs("fixture:leaf", "candidate"), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		leaf, _ := b.leaf()
		before := leaf.Read(ctx, b.s, datastore.Running)
		after := leaf.Other(before)
		Given(b.s.RPC(ctx, leaf.Edit(after))).To(BeOK())
		commit := b.s.RPC(ctx, confirmed("4294967295"))
		Observe("the longest confirm-timeout", outcome(commit), "ok", "rpc-error")
		Demand(id, commit).To(BeReply("ok or an rpc-error", func(r *session.Reply) bool { return r.OK != (len(r.Errors) > 0) }))
		if !commit.OK {
			Demand(id, leaf.Read(ctx, b.s, datastore.Running)).To(Equal(before))
			return
		}
		Demand(id, stays(ctx, b.s, leaf, after)).To(Equal(after))
		Demand(id, b.s.RPC(ctx, netconf.CancelCommit())).To(BeOK())
		Demand(id, leaf.Read(ctx, b.s, datastore.Running)).To(Equal(before))
	})
}

// watched is how long a change is watched: a timeout that has become too short in a server is over at once.
const watched = 250 * time.Millisecond

// stays reads the leaf of running for a while, and gives its last value: the first that differs ends it.
func stays(ctx context.Context, s *session.Session, leaf Leaf, value string) string {
	return PollEvery(ctx, watched/10, time.Now().Add(watched), func() string { return leaf.Read(ctx, s, datastore.Running) },
		func(now string) bool { return now != value })
}
