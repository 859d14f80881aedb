package schema_test

import (
	"context"
	"fmt"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/schema"
)

// device is a module of a device that nobody knows: all but two of its leaves are to be left alone.
const device = `module device { yang-version 1.1; namespace "urn:example:device"; prefix d;
  import shared { prefix s; }
  feature extra;
  leaf name { type string; }
  container site {
    leaf contact { type s:text; }
    leaf label { type string { length "1..20"; } }
    leaf short { type string { length "1..3"; } }
    leaf shape { type string { pattern "[0-9]+"; } }
    leaf number { type uint8; }
    leaf note { type string; must "../contact"; }
    leaf remark { type string; when "../contact"; }
    leaf comment { type string; if-feature extra; }
    leaf needed { type string; mandatory true; }
    leaf state { config false; type string; }
    leaf link { type leafref { path "../contact"; } }
    leaf snmp-community { type string; }
    container present { presence "it means something"; leaf description { type string; } }
    container readings { config false; leaf description { type string; } }
    list rack { key id; leaf id { type string; } leaf description { type string; } }
    choice one { leaf chosen { type string; } }
  }
}`

const shared = `module shared { namespace "urn:example:shared"; prefix s; typedef text { type string { length "0..255"; } } }`

func source(modules map[string]string) schema.Source {
	return func(_ context.Context, name, _ string) (string, error) {
		text, there := modules[name]
		if !there {
			return "", fmt.Errorf("no such module: %s", name)
		}
		return text, nil
	}
}

func paths(proposals []schema.Proposal) []string {
	var all []string
	for _, p := range proposals {
		all = append(all, p.Path)
	}
	return all
}

func TestProposesWhatCanBeChangedHarmlessly(t *testing.T) {
	g := NewWithT(t)
	proposals, notes := schema.Propose(t.Context(), source(map[string]string{"device": device, "shared": shared}),
		[]schema.Module{{Name: "device", Namespace: "urn:example:device"}})
	g.Expect(notes).To(BeEmpty())
	g.Expect(paths(proposals)).To(Equal([]string{"/device:site/contact", "/device:site/label"}))
	leaf := proposals[0].Fixture.Leaf
	g.Expect(leaf.Config(leaf.Values[0], "")).To(Equal(`<site xmlns="urn:example:device"><contact>ncspec-a</contact></site>`))
}

func TestLeavesTheManagementPlaneAlone(t *testing.T) {
	for _, name := range []string{"ietf-interfaces", "ietf-netconf-acm", "ietf-keystore", "vendor-routing-policy", "ietf-system-tacacs-plus", "vendor-users"} {
		g := NewWithT(t)
		proposals, notes := schema.Propose(t.Context(), source(nil), []schema.Module{{Name: name, Namespace: "urn:x"}})
		g.Expect(proposals).To(BeEmpty())
		g.Expect(notes).To(ConsistOf(ContainSubstring("are left alone")))
	}
}

func TestAModuleThatCannotBeReadSpoilsNoOther(t *testing.T) {
	g := NewWithT(t)
	proposals, notes := schema.Propose(t.Context(), source(map[string]string{"device": device, "shared": shared, "broken": "module broken {",
		"lonely": `module lonely { namespace "urn:l"; prefix l; import gone { prefix g; } }`}),
		[]schema.Module{{Name: "broken", Namespace: "urn:b"}, {Name: "lonely", Namespace: "urn:l"}, {Name: "missing", Namespace: "urn:m"},
			{Name: "device", Namespace: "urn:example:device"}})
	g.Expect(paths(proposals)).To(HaveLen(2))
	g.Expect(notes).To(ConsistOf(HavePrefix("broken: "), HavePrefix("lonely: "), HavePrefix("missing: ")))
}

func TestModulesAreReadFromTheHello(t *testing.T) {
	g := NewWithT(t)
	claims := netconf.Capabilities{netconf.ParseCapability("urn:ietf:params:netconf:base:1.1"),
		netconf.ParseCapability("urn:example:device?module=device&revision=2026-01-01")}
	g.Expect(schema.Announced(claims)).To(Equal([]schema.Module{{Name: "device", Revision: "2026-01-01", Namespace: "urn:example:device"}}))
}
