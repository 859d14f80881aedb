package datastore

import (
	"context"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func writableRunning() {
	ginkgo.Describe("RFC 6241 §8.2, writable-running", func() {
		named("datastore/writable-running-identifier", "rfc6241-8.2.3-identifier", "urn:ietf:params:netconf:capability:writable-running:1.0")
		directWrite()
		editRunning()
		notWritable()
		copyToRunning()
	})
}

func named(slug, id string, uris ...string) {
	It("announces "+uris[0]+" by this name", Spec(slug), Covers(id), func(ctx ginkgo.SpecContext) {
		DemandExactURI(id, Open(ctx).Hello().Capabilities, uris...)
	})
}

func directWrite() {
	const id = "rfc6241-8.2.1-direct-write"
	It("shows an edit of running at once", Spec("datastore/direct-write"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			s, leaf := Open(ctx), leafInRunning(ctx)
			value := leaf.Other(leaf.Read(ctx, s, running))
			Demand(id, s.RPC(ctx, leaf.Edit(value))).To(BeOK())
			Demand(id, leaf.Read(ctx, s, running)).To(Equal(value))
		})
}

func editRunning() {
	const id = "rfc6241-8.2.5.1-edit-config-running"
	It("edits running", Spec("datastore/edit-running"), Covers(id), Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
		s, leaf := Open(ctx), leafInRunning(ctx)
		Demand(id, s.RPC(ctx, leaf.Edit(leaf.Other(leaf.Read(ctx, s, running))))).To(BeOK())
		observeOutcome("edit-config of running with an empty config", s.EditConfig(ctx, running, ""))
	})
}

// notWritable merges the value that is there already, so that a server that takes it changes nothing.
func notWritable() {
	const id = "rfc6241-8.2.5.1-not-without-capability"
	It("does not edit running without the capability", Spec("datastore/edit-running-unavailable"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			s, leaf := Open(ctx), leafInRunning(ctx)
			before := read(ctx, s, running)
			value := leaf.Read(ctx, s, running)
			if value == "" {
				value = leaf.Other(value)
			}
			demandRefused(id, "edit-config of running", s.RPC(ctx, leaf.Edit(value)))
			Demand(id, read(ctx, s, running)).To(beEqualTo(before))
		})
}

func copyToRunning() {
	const id = "rfc6241-8.2.5.2-copy-config-running"
	It("copies to running", Spec("datastore/copy-config-running"), Covers(id), Needs("fixture:leaf", "candidate|startup"),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			source := startup
			if announces(ctx, "candidate") {
				mindCandidate(ctx, s)
				FixtureLeaf(ctx).Change(ctx, s)
				source = candidate
			} else {
				mindStartup(ctx, s)
				leafInRunning(ctx).Change(ctx, s)
			}
			wanted, before := read(ctx, s, source), read(ctx, s, running)
			replacedOrRefused(ctx, s, id, s.RPC(ctx, netconf.CopyConfig(running, source)), wanted, before)
		})
}

// replacedOrRefused judges a copy to running, which a server may refuse (RFC 6241 §7.3).
func replacedOrRefused(ctx context.Context, s *session.Session, id string, reply *session.Reply, wanted, before configuration) {
	if refused(reply) {
		observeOutcome("running as the target of copy-config", reply)
		wanted = before
	} else {
		Demand(id, reply).To(BeOK())
	}
	Demand(id, read(ctx, s, running)).To(beEqualTo(wanted))
}
