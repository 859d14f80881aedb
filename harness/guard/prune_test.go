package guard

import (
	"testing"

	"github.com/antchfx/xmlquery"
	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/redact"
	"github.com/ncspec/ncspec/harness/target"
)

func data(t *testing.T, g *Guard, config string) *xmlquery.Node {
	t.Helper()
	d, faults := netconf.Parse([]byte(`<rpc-reply xmlns="` + netconf.BaseNamespace + `" message-id="1"><data>` + config + `</data></rpc-reply>`))
	NewWithT(t).Expect(faults).To(BeEmpty())
	reply, err := netconf.ParseReply(d)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	for _, path := range g.paths() {
		prune(reply.Data, path)
	}
	return reply.Data
}

// fixtures are a leaf a/b/leaf and an entry of a/c/list, whose entry of another list is on the way to it.
func fixtures(t *testing.T) *Guard {
	t.Helper()
	step := func(local string, keys ...target.Key) target.Node {
		return target.Node{Namespace: "urn:a", Local: local, Keys: keys}
	}
	r, err := redact.New()
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return New(Config{Redactor: r, Fixture: &target.Fixture{
		Leaf: &target.Leaf{Path: []target.Node{step("a"), step("b"), step("leaf")}},
		List: &target.List{Path: []target.Node{step("a"), step("c", target.Key{Name: "k", Value: "1"}), step("d"), step("list")}},
	}})
}

func TestEmptyContainersOnTheWayToAFixtureAreNothingLeftBehind(t *testing.T) {
	for _, after := range []string{
		``, `<a xmlns="urn:a"/>`, `<a xmlns="urn:a"> <!-- none --> </a>`, `<a xmlns="urn:a"><b/></a>`,
		`<p:a xmlns:p="urn:a"><p:b></p:b></p:a>`,
	} {
		g := fixtures(t)
		NewWithT(t).Expect(g.changes("running", data(t, g, ``), data(t, g, after))).To(BeEmpty(), after)
		NewWithT(t).Expect(g.changes("running", data(t, g, after), data(t, g, ``))).To(BeEmpty(), after)
	}
	g := fixtures(t)
	before, after := `<a xmlns="urn:a"><c><k>1</k></c><x>1</x></a>`, `<a xmlns="urn:a"><b/><c><k>1</k><d/></c><x>1</x></a>`
	NewWithT(t).Expect(g.changes("running", data(t, g, before), data(t, g, after))).To(BeEmpty())
}

func TestWhatElseIsEmptyCounts(t *testing.T) {
	for _, after := range []string{
		`<z xmlns="urn:a"/>`,                   // beside the way
		`<a xmlns="urn:other"/>`,               // another namespace
		`<a xmlns="urn:a"><x/></a>`,            // below the way
		`<a xmlns="urn:a"><b><leaf/></b></a>`,  // the leaf itself
		`<a xmlns="urn:a"><c/></a>`,            // an entry of a list
		`<a xmlns="urn:a"><b>text</b></a>`,     // not empty
		`<a xmlns="urn:a"><b><more/></b></a>`,  // a presence container or an empty leaf
		`<b xmlns="urn:a"/>`,                   // another place
		`<x><a xmlns="urn:a"/></x>`,            // another place
		`<a xmlns="urn:a"><b/><b>more</b></a>`, // one of two
	} {
		g := fixtures(t)
		NewWithT(t).Expect(g.changes("running", data(t, g, ``), data(t, g, after))).NotTo(BeEmpty(), after)
	}
}

func TestPruningWithoutAFixture(t *testing.T) {
	g := New(Config{Redactor: fixtures(t).config.Redactor})
	NewWithT(t).Expect(g.changes("running", data(t, g, ``), data(t, g, `<a xmlns="urn:a"/>`))).To(HaveLen(1))
}
