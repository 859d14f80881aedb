package datastore

import (
	"context"
	"crypto/rand"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/effect"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func copyConfig() {
	ginkgo.Describe("RFC 6241 §7.3, copy-config", func() {
		replacesTarget()
		createsTarget()
		toRunning()
		remoteToRemote()
		sameCandidate()
		sameRunning()
		sameStartup()
		sameURL()
		inlineSource()
		inlineInvalid()
		badParameter()
	})
}

func replacesTarget() {
	const id = "rfc6241-7.3-replaces-entire-target"
	It("replaces all of the target", Spec("datastore/copy-replaces-target"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			FixtureLeaf(ctx).Change(ctx, s)
			addEntry(ctx, s)
			Demand(id, s.RPC(ctx, netconf.CopyConfig(candidate, running))).To(BeOK())
			Demand(id, read(ctx, s, candidate)).To(beEqualTo(read(ctx, s, running)))
		})
}

func createsTarget() {
	const id = "rfc6241-7.3-create-target"
	It("creates a file that is not there yet", Spec("datastore/copy-creates-target"), Covers(id), Touches(effect.Startup),
		func(ctx ginkgo.SpecContext) {
			s, l := Open(ctx), theLocation(ctx)
			at := l.at("ncspec-" + rand.Text() + ".xml")
			created := s.RPC(ctx, netconf.Copy(at, netconf.Store(running)))
			if !granted(created) {
				observeOutcome("copy to a file that is not there", created)
				NoVerdict("the server does not create files: " + outcome(created))
			}
			used := useFile(ctx, s, at)
			observeOutcome("delete-config of the file", s.RPC(ctx, netconf.Delete(at)))
			Demand(id, used).To(BeOK())
		})
}

// useFile has the server read a file, in the most harmless way that there is.
func useFile(ctx context.Context, s *session.Session, at string) *session.Reply {
	switch {
	case announces(ctx, "candidate"):
		return s.RPC(ctx, netconf.Copy(netconf.Store(candidate), at))
	case announces(ctx, "validate"):
		return s.RPC(ctx, netconf.ValidateSource(at))
	}
	NoVerdict("without candidate and validate the file cannot be read without changing running")
	return nil
}

func toRunning() {
	It("copies to running, or does not", Spec("datastore/copy-to-running"), Covers("rfc6241-7.3-to-running"), Needs("candidate"),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			mindCandidate(ctx, s)
			observeOutcome("copy-config from candidate to running", s.RPC(ctx, netconf.CopyConfig(running, candidate)))
		})
}

// mindCandidate makes sure that candidate holds what running does.
func mindCandidate(ctx context.Context, s *session.Session) {
	Given(s.DiscardChanges(ctx)).To(BeOK())
	Given(read(ctx, s, candidate)).To(beEqualTo(read(ctx, s, running)))
}

func remoteToRemote() {
	It("copies between files, or does not", Spec("datastore/copy-between-urls"), Covers("rfc6241-7.3-remote-to-remote"),
		func(ctx ginkgo.SpecContext) {
			s, l := Open(ctx), theLocation(ctx)
			l.written(ctx, s)
			observeOutcome("copy-config from URL to URL", s.RPC(ctx, netconf.Copy(l.at(other), l.at(file))))
		})
}

const sameID = "rfc6241-7.3-same-datastore"

func sameCandidate() {
	It("refuses to copy candidate to itself", Spec("datastore/copy-candidate-to-itself"), Covers(sameID), Needs("candidate"),
		func(ctx ginkgo.SpecContext) {
			toItself(ctx, Open(ctx), candidate, false)
		})
}

func sameRunning() {
	It("refuses to copy running to itself", Spec("datastore/copy-running-to-itself"), Covers(sameID), Needs("writable-running"),
		Touches(effect.Running), func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			always := true // as far as is known
			if announces(ctx, "candidate") {
				mindCandidate(ctx, s)
				always = !granted(s.RPC(ctx, netconf.CopyConfig(running, candidate)))
			}
			toItself(ctx, s, running, always)
		})
}

func sameStartup() {
	It("refuses to copy startup to itself", Spec("datastore/copy-startup-to-itself"), Covers(sameID), Needs("startup"),
		Touches(effect.Startup), func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			mindStartup(ctx, s)
			toItself(ctx, s, startup, false)
		})
}

// toItself copies a datastore to itself. Where it may be refused as a target in any case, the tag is not judged: error
// checks have no fixed order (RFC 6241 §4.3).
func toItself(ctx context.Context, s *session.Session, d datastore.Name, anyTag bool) {
	before := read(ctx, s, d)
	reply := s.RPC(ctx, netconf.CopyConfig(d, d))
	if anyTag {
		Demand(sameID, reply).To(BeRPCError())
		observeOutcome("error-tag", reply)
	} else {
		Demand(sameID, reply).To(BeRPCError(InvalidValue))
	}
	Demand(sameID, read(ctx, s, d)).To(beEqualTo(before))
}

func sameURL() {
	const id = "rfc6241-7.3-same-url"
	It("refuses to copy a file to itself", Spec("datastore/copy-url-to-itself"), Covers(id), func(ctx ginkgo.SpecContext) {
		s, l := Open(ctx), theLocation(ctx)
		l.written(ctx, s)
		reply := s.RPC(ctx, netconf.Copy(l.at(file), l.at(file)))
		if granted(s.RPC(ctx, netconf.Copy(l.at(other), l.at(file)))) {
			Demand(id, reply).To(BeRPCError(InvalidValue))
			return
		}
		Demand(id, reply).To(BeRPCError())
		observeOutcome("error-tag, where no copy between URLs is made", reply)
	})
}

func inlineSource() {
	const id = "rfc6241-7.3-inline-config-source"
	It("takes a whole configuration that is sent along", Spec("datastore/copy-inline"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			s, leaf := Open(ctx), FixtureLeaf(ctx)
			addEntry(ctx, s)
			same := sendWhole(ctx, s, read(ctx, s, running))
			if refused(same) {
				NoVerdict("the server objects to its own content: " + outcome(same))
			}
			Demand(id, same).To(BeOK())
			Demand(id, read(ctx, s, candidate)).To(beEqualTo(read(ctx, s, running)))

			changed := read(ctx, s, running).withLeaf(leaf, leaf.Other(leaf.Read(ctx, s, running)))
			Demand(id, sendWhole(ctx, s, changed)).To(BeOK())
			Demand(id, read(ctx, s, candidate)).To(beEqualTo(changed))

			less := read(ctx, s, running).withoutTop(leaf)
			reply := sendWhole(ctx, s, less)
			if refused(reply) {
				observeOutcome("the configuration without a top-level node", reply)
				return // others may refer to it
			}
			Demand(id, reply).To(BeOK())
			Demand(id, read(ctx, s, candidate)).To(beEqualTo(less))
		})
}

// sendWhole copies a configuration to candidate.
func sendWhole(ctx context.Context, s *session.Session, c configuration) *session.Reply {
	return s.RPC(ctx, netconf.Copy(netconf.Store(candidate), netconf.Inline(c.xml())))
}

func inlineInvalid() {
	const id = "rfc6241-7.3-inline-config-invalid"
	ginkgo.Context("with an invalid configuration", func() {
		It("refuses a copy of an unknown element", Spec("datastore/copy-unknown-element"), Covers(id), Needs("fixture:leaf"),
			func(ctx ginkgo.SpecContext) {
				s := Open(ctx)
				refusesInvalid(ctx, s, id, read(ctx, s, running).withUnknown(FixtureLeaf(ctx)))
			})
		It("refuses a copy of a value of the wrong type", Spec("datastore/copy-wrong-type"), Covers(id), Needs("fixture:leaf", "fixture:model"),
			func(ctx ginkgo.SpecContext) {
				if !inYANG(ctx, FixtureLeaf(ctx)) {
					NoVerdict("the server does not announce the module as one in YANG")
				}
				s := Open(ctx)
				refusesInvalid(ctx, s, id, read(ctx, s, running).withWrongType(FromContext(ctx).Target.Fixture.Model))
			})
	})
}

func refusesInvalid(ctx context.Context, s *session.Session, id string, c configuration) {
	Given(s.DiscardChanges(ctx)).To(BeOK())
	before := read(ctx, s, candidate)
	reply := sendWhole(ctx, s, c)
	changed := !read(ctx, s, candidate).equals(before)
	Observe("candidate after the request", map[bool]string{true: "changed", false: "unchanged"}[changed], "changed", "unchanged")
	demandRefused(id, "invalid content", reply)
}

// badCopy is a copy-config with something wrong in one parameter.
type badCopy struct{ what, parameter, source, target string }

func badCopies(target string) []badCopy {
	source := "<source><running/></source>"
	return []badCopy{
		{"no source", "source", "", target},
		{"no target", "target", source, ""},
		{"an empty source", "source", "<source/>", target},
		{"an empty target", "target", source, "<target/>"},
		{"an unknown source", "source", "<source><ncspec-unknown/></source>", target},
		{"an unknown target", "target", source, "<target><ncspec-unknown/></target>"},
	}
}

func badParameter() {
	const id = "rfc6241-7.3-bad-parameter"
	It("refuses a source or target that is missing, empty or unknown", Spec("datastore/copy-bad-parameter"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			before := readAll(ctx, s)
			target := "<target><" + string(FromContext(ctx).Edited()) + "/></target>"
			for _, c := range badCopies(target) {
				demandMissing(id, c.what, c.parameter, s.RPC(ctx, "<copy-config>"+c.target+c.source+"</copy-config>"))
			}
			demandUnchanged(ctx, s, id, before)
		})
}
