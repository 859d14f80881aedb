package errors

import (
	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

// choices are the parameters of which one alone is given.
func choices() {
	ginkgo.Describe("choices", func() {
		getConfigSource()
		urlSource()
		editTarget()
		editStartup()
		editContent()
		copyTarget()
		copySource()
		lockTarget()
		validateSource()
	})
}

const both = "<running/><candidate/>"

func getConfigSource() {
	const id = "rfc6241-C-get-config-source-choice"
	It("has one source of get-config", Spec("errors/get-config-source-choice"), Covers(id), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		ask := func(sources string) string {
			return "<get-config><source>" + sources + `</source><filter type="subtree"/></get-config>`
		}
		probes := []probe{{"get-config of running and candidate", ask(both)}}
		if b.claims.Has("startup") {
			probes = append(probes, probe{"get-config of running and startup", ask("<running/><startup/>")})
		}
		refuses(ctx, id, b.s, probes...)
	})
}

func urlSource() {
	const id = "rfc6241-C-get-config-url-source"
	It("has no URL as source of get-config", Spec("errors/get-config-url-source"), Covers(id), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		reply := b.s.RPC(ctx, "<get-config><source>"+b.address()+"</source></get-config>")
		Observe("get-config of a URL", outcome(reply))
		Given(reply).To(BeAnswered())
		Demand(id, reply).NotTo(HaveXPath("/nc:rpc-reply/nc:data/*"))
	})
}

func editTarget() {
	const id = "rfc6241-C-edit-config-target-choice"
	It("has one target of edit-config", Spec("errors/edit-config-target-choice"), Covers(id), Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		leaf, _ := b.leaf()
		before, running := b.look(ctx, b.store), b.look(ctx, datastore.Running)
		edit := func(targets string) string {
			value := leaf.Other(leaf.Read(ctx, b.s, b.store))
			return "<edit-config><target>" + targets + "</target><config>" + leaf.Config(value, "") + "</config></edit-config>"
		}
		probes := []probe{{"edit-config of candidate and running", edit("<candidate/><running/>")}}
		if b.claims.Has("url") {
			probes = append(probes, probe{"edit-config of a URL", edit(b.address())})
		}
		refuses(ctx, id, b.s, probes...)
		b.unchanged(ctx, id, b.store, before)
		b.unchanged(ctx, id, datastore.Running, running)
	})
}

func editStartup() {
	const id = "rfc6241-C-edit-config-target-startup"
	It("has no startup as target of edit-config", Spec("errors/edit-config-target-startup"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			b := begin(ctx)
			leaf := FixtureLeaf(ctx)
			value := leaf.Read(ctx, b.s, datastore.Running)
			there, before := b.claims.Has("startup"), ""
			if there {
				Given(b.s.Lock(ctx, datastore.Startup)).To(BeOK())
				before = b.look(ctx, datastore.Startup)
			}
			config := leaf.Config(value, "")
			if value == "" {
				config = leaf.Config("", "remove")
			}
			refuses(ctx, id, b.s, probe{"edit-config of startup", netconf.EditConfig(datastore.Startup, config)})
			if there {
				b.unchanged(ctx, id, datastore.Startup, before)
				Given(b.s.Unlock(ctx, datastore.Startup)).To(BeOK())
			}
		})
}

func editContent() {
	const id = "rfc6241-C-edit-config-content-choice"
	It("has one config or URL in edit-config", Spec("errors/edit-config-content-choice"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			b := begin(ctx)
			leaf, _ := b.leaf()
			before := b.look(ctx, b.store)
			config := "<config>" + leaf.Config(leaf.Other(leaf.Read(ctx, b.s, b.store)), "") + "</config>"
			edit := func(content string) string {
				return "<edit-config><target><" + string(b.store) + "/></target>" + content + "</edit-config>"
			}
			probes := []probe{{"edit-config with two configs", edit(config + config)}}
			if b.claims.Has("url") {
				probes = append(probes, probe{"edit-config with config and URL", edit(config + b.address())})
			}
			refuses(ctx, id, b.s, probes...)
			b.unchanged(ctx, id, b.store, before)
		})
}

func copyTarget() {
	const id = "rfc6241-C-copy-config-target-choice"
	It("has one target of copy-config", Spec("errors/copy-config-target-choice"), Covers(id), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		before, running := b.look(ctx, b.store), b.look(ctx, datastore.Running)
		fromRunning := func(targets string) string {
			return "<copy-config><target>" + targets + "</target><source><running/></source></copy-config>"
		}
		probes := []probe{{"copy-config to candidate and running", fromRunning("<candidate/><running/>")}, {"copy-config to config", fromRunning("<config/>")}}
		if b.claims.Has("candidate") && !b.claims.Has("writable-running") && b.alike(ctx) {
			probes = append(probes, probe{"copy-config to running without writable-running", netconf.CopyConfig(datastore.Running, datastore.Candidate)})
		}
		refuses(ctx, id, b.s, probes...)
		b.unchanged(ctx, id, b.store, before)
		b.unchanged(ctx, id, datastore.Running, running)
	})
}

func copySource() {
	const id = "rfc6241-C-copy-config-source-choice"
	It("has one source of copy-config", Spec("errors/copy-config-source-choice"), Covers(id), Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		leaf, _ := b.leaf()
		Given(b.s.Lock(ctx, datastore.Candidate)).To(BeOK())
		before := b.look(ctx, datastore.Candidate)
		config := "<config>" + leaf.Config(leaf.Other(leaf.Read(ctx, b.s, b.store)), "") + "</config>"
		refuses(ctx, id, b.s, probe{"copy-config of running and config",
			"<copy-config><target><candidate/></target><source><running/>" + config + "</source></copy-config>"})
		b.unchanged(ctx, id, datastore.Candidate, before)
		Given(b.s.DiscardChanges(ctx)).To(BeOK())
		Given(b.s.Unlock(ctx, datastore.Candidate)).To(BeOK())
	})
}

func lockTarget() {
	const id = "rfc6241-C-lock-target-choice"
	It("has one target of lock", Spec("errors/lock-target-choice"), Covers(id), func(ctx ginkgo.SpecContext) {
		b, other := begin(ctx), Open(ctx, Named("other"))
		lock := func(targets string) string { return "<lock><target>" + targets + "</target></lock>" }
		refuses(ctx, id, b.s, probe{"lock of running and candidate", lock(both)}, probe{"lock of a URL", lock(b.address())})
		free(ctx, id, other, datastore.Running)
		if b.claims.Has("candidate") {
			free(ctx, id, other, datastore.Candidate)
		}
	})
}

func validateSource() {
	const id = "rfc6241-C-validate-source-choice"
	It("has one source of validate", Spec("errors/validate-source-choice"), Covers(id), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		probes := []probe{{"validate of running and candidate", "<validate><source>" + both + "</source></validate>"}}
		if !b.claims.Has("startup") {
			probes = append(probes, probe{"validate of startup without the capability", netconf.Validate(datastore.Startup)})
		}
		refuses(ctx, id, b.s, probes...)
	})
}
