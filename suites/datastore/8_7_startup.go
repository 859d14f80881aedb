package datastore

import (
	"context"
	"time"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func startups() {
	ginkgo.Describe("RFC 6241 §8.7, startup", func() {
		named("datastore/startup-identifier", "rfc6241-8.7.3-identifier", "urn:ietf:params:netconf:capability:startup:1.0")
		separate()
		updatedByCopy()
		getStartup()
		copyFromStartup()
		copyToStartup()
		lockStartup()
		validateStartup()
		deleteStartup()
		loadedAtBoot()
	})
}

func separate() {
	const id = "rfc6241-8.7.1-startup-separate"
	It("does not save changes of running by itself", Spec("datastore/startup-separate"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			before := read(ctx, s, startup)
			changeRunning(ctx, s)
			Demand(id, read(ctx, s, startup)).To(beEqualTo(before))
		})
}

func updatedByCopy() {
	const id = "rfc6241-8.7.1-startup-updated-by-copy"
	It("saves running by copy-config", Spec("datastore/startup-updated-by-copy"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			mindStartup(ctx, s)
			changeRunning(ctx, s)
			Demand(id, s.RPC(ctx, netconf.CopyConfig(startup, running))).To(BeOK())
			Demand(id, read(ctx, s, startup)).To(beEqualTo(read(ctx, s, running)))
		})
}

func getStartup() {
	const id = "rfc6241-8.7.5.1-get-config-startup"
	It("reads startup", Spec("datastore/get-config-startup"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := answering(ctx)
		Demand(id, s.GetConfig(ctx, startup, "")).To(CarryData())
		if f := FromContext(ctx).Target.Fixture; f != nil && f.Leaf != nil {
			observeOutcome("get-config of startup with a subtree filter", s.GetConfig(ctx, startup, f.Leaf.Filter()))
		}
	})
}

func copyFromStartup() {
	const id = "rfc6241-8.7.5.1-copy-config-startup-source"
	ginkgo.Context("startup as the source of copy-config", func() {
		It("is copied to candidate", Spec("datastore/copy-startup-to-candidate"), Covers(id), Needs("candidate"),
			func(ctx ginkgo.SpecContext) {
				s := Open(ctx)
				if f := FromContext(ctx).Target.Fixture; f != nil && f.Leaf != nil {
					FixtureLeaf(ctx).Change(ctx, s) // or a copy that does nothing would not show
				}
				Demand(id, s.RPC(ctx, netconf.CopyConfig(candidate, startup))).To(BeOK())
				Demand(id, read(ctx, s, candidate)).To(beEqualTo(read(ctx, s, startup)))
			})

		It("is copied to a file or to running", Spec("datastore/copy-startup-elsewhere"), Covers(id), Needs("!candidate"),
			func(ctx ginkgo.SpecContext) {
				s := Open(ctx)
				if all := locations(ctx); len(all) > 0 {
					Demand(id, s.RPC(ctx, netconf.Copy(all[0].at(file), netconf.Store(startup)))).To(BeOK())
					demandFile(all[0], id, read(ctx, s, startup))
					return
				}
				if !announces(ctx, "writable-running") || !startupIsRunning(ctx, s) {
					NoVerdict("there is no datastore that startup could be copied to without a change")
				}
				before := read(ctx, s, running)
				replacedOrRefused(ctx, s, id, s.RPC(ctx, netconf.CopyConfig(running, startup)), before, before)
			})
	})
}

func copyToStartup() {
	const id = "rfc6241-8.7.5.1-copy-config-startup-target"
	It("takes startup as the target of copy-config", Spec("datastore/copy-to-startup"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		mindStartup(ctx, s)
		Demand(id, s.RPC(ctx, netconf.CopyConfig(startup, running))).To(BeOK())
		Demand(id, read(ctx, s, startup)).To(beEqualTo(read(ctx, s, running)))
	})
}

func lockStartup() {
	const id = "rfc6241-8.7.5.1-lock-unlock-startup"
	It("locks and unlocks startup", Spec("datastore/lock-startup"), Covers(id), func(ctx ginkgo.SpecContext) {
		holder, rival := Open(ctx, Named("holder")), Open(ctx, Named("rival"))
		Given(holder).To(StillAnswer(ctx))
		Demand(id, holder.Lock(ctx, startup)).To(BeOK())
		Demand(id, rival.Lock(ctx, startup)).To(BeRPCError(LockDenied))
		Demand(id, rival.Unlock(ctx, startup)).To(BeRPCError())
		Demand(id, holder.Unlock(ctx, startup)).To(BeOK())
	})
}

func validateStartup() {
	const id = "rfc6241-8.7.5.1-validate-startup"
	It("validates startup", Spec("datastore/validate-startup"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := answering(ctx)
		reply := s.RPC(ctx, netconf.Validate(startup))
		if startupIsRunning(ctx, s) {
			Demand(id, reply).To(BeOK())
			return
		}
		observeOutcome("validation of a startup that differs from running", reply)
		Demand(id, reply).To(BeAnswered())
		Demand(id, reply).NotTo(BeRPCError(OperationNotSupported))
		for _, parameter := range []string{"startup", "source"} {
			Demand(id, reply).NotTo(BeRPCError(UnknownElement, "bad-element", MissingElement).WithInfo("bad-element", parameter))
		}
	})
}

// deleteStartup has the guard write startup again: running goes back to what it was, and startup was equal to it.
func deleteStartup() {
	const id = "rfc6241-8.7.5.1-delete-config-startup"
	It("deletes startup", Spec("datastore/delete-startup"), Covers(id), Needs("fixture:list"), ginkgo.SpecPriority(-1),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			mindStartup(ctx, s)
			list := FromContext(ctx).Target.Fixture.List
			Given(addEntry(ctx, s)).To(BeTrue("there is a list"))
			if announces(ctx, "candidate") {
				Given(s.Commit(ctx)).To(BeOK())
			}
			Given(s.RPC(ctx, netconf.CopyConfig(startup, running))).To(BeOK())
			there := HaveXPath(list.Expr()).In(list.Namespaces())
			Given(s.GetConfig(ctx, startup, "")).To(there)
			before := read(ctx, s, running)

			demandOKUnlessDenied(id, s.RPC(ctx, netconf.DeleteConfig(startup)))
			s = stillThere(ctx, s)
			after := s.GetConfig(ctx, startup, "")
			Demand(id, after).To(BeAnswered())
			Demand(id, after).NotTo(there)
			observeOutcome("get-config of startup afterwards", after)
			Observe("running after delete-config of startup", map[bool]string{true: "unchanged", false: "changed"}[read(ctx, s, running).equals(before)])
		})
}

// stillThere gives the session, or a new one where the server has ended it: a device may reset itself.
func stillThere(ctx context.Context, s *session.Session) *session.Session {
	held, _ := StillAnswer(ctx).Match(s)
	Observe("the session after delete-config of startup", map[bool]string{true: "goes on", false: "ended"}[held])
	if held {
		return s
	}
	return Reopen(ctx, starting, Named("afterwards"))
}

// starting bounds how long a device may take to answer again.
const starting = 2 * time.Minute

func loadedAtBoot() {
	const id = "rfc6241-8.7.1-startup-loaded-at-boot"
	It("starts with startup", Spec("datastore/startup-loaded-at-boot"), Covers(id), Needs("fixture:leaf", "reboot"),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			leaf, _, value := changeRunning(ctx, s)
			saved := leaf.Read(ctx, s, startup)
			if saved == value {
				NoVerdict("the fixture's leaf has in startup what running was to have")
			}
			Given(FromContext(ctx).Target.Rebooter.Reboot(ctx)).To(Succeed())
			Given(s.AwaitEndFor(ctx, starting)).To(BeOver())
			s = Reopen(ctx, starting, Named("afterwards"))
			Demand(id, leaf.Read(ctx, s, running)).To(Equal(saved))
			Observe("running and startup after the boot", map[bool]string{true: "equal", false: "different"}[startupIsRunning(ctx, s)])
		})
}
