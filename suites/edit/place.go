package edit

import (
	"context"
	"slices"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/guard"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
)

// place is the part of a datastore that a spec edits. Its content is a text, which each kind of place reads in its way.
type place interface {
	store() datastore.Name
	namespace() string           // of the module that the place belongs to
	filter() string              // selects the place and what must stay as it is, "" all of the datastore
	usual() string               // the content that a trial begins with, unless it says otherwise
	whole(content string) string // the place with that content as XML
	make(content string) string  // the config that gives the place just that content
	has(reply *session.Reply, content string) bool
}

// nothing is the content of a place that is not there. It is no empty text: that is what a trial leaves out.
const nothing = "<!-- nothing -->"

// model is the fixture's data model as a place. Its content is what stands inside top.
type model struct {
	*target.Model
	datastore datastore.Name
	tests     bool // the server tests edits where test-option is not given
}

// fixtureModel gives the model; the spec says Needs("fixture:model").
func fixtureModel(ctx context.Context) model {
	run := FromContext(ctx)
	return model{run.Target.Fixture.Model, run.Edited(), run.Claims.Has("validate")}
}

func (m model) store() datastore.Name       { return m.datastore }
func (m model) namespace() string           { return m.Namespace }
func (m model) filter() string              { return "" }
func (m model) usual() string               { return people(root(), fred(), barney()) }
func (m model) whole(content string) string { return m.Top(content) }
func (m model) make(content string) string  { return m.Top(content, xc, `xc:operation="replace"`) }

func (m model) has(reply *session.Reply, content string) bool {
	for top := reply.Data.FirstChild; top != nil; top = top.NextSibling {
		if top.Data == "top" && top.NamespaceURI == m.Namespace {
			lines := guard.Leaves(top, parse(m.whole(content)).FirstChild)
			return slices.Equal(lines[0], lines[1])
		}
	}
	return false
}

// xc declares the prefix that edits of the model give their operations.
const xc = `xmlns:xc="` + netconf.BaseNamespace + `"`

// edit is an edit-config of what stands inside top; the prefix xc is bound there.
func (m model) edit(content string, options ...netconf.EditOption) string {
	return netconf.EditConfig(m.datastore, m.Top(content, xc), options...)
}

// users is an edit-config of what stands inside users.
func (m model) users(content string, options ...netconf.EditOption) string {
	return m.edit("<users>"+content+"</users>", options...)
}

// untested are the options with test-option set where the server takes that: a test before the edit would hide what
// error-option does.
func (m model) untested(options ...netconf.EditOption) []netconf.EditOption {
	if m.tests {
		return append(options, netconf.TestOption("set"))
	}
	return options
}

// leaf is the fixture's leaf as a place. Its content is its value.
type leaf struct{ Leaf }

// fixtureLeaf gives the leaf; the spec says Needs("fixture:leaf").
func fixtureLeaf(ctx context.Context) leaf { return leaf{FixtureLeaf(ctx)} }

func (l leaf) store() datastore.Name { return l.Store }
func (l leaf) namespace() string     { return l.Path[0].Namespace }
func (l leaf) filter() string        { return l.Parent() }
func (l leaf) usual() string         { return l.Values[0] }

func (l leaf) whole(content string) string {
	if content == nothing {
		return ""
	}
	return l.Config(content, "")
}

func (l leaf) make(content string) string {
	if content == nothing {
		return l.Config("", "delete")
	}
	return l.Config(content, "")
}

func (l leaf) has(reply *session.Reply, content string) bool {
	if content == nothing {
		content = ""
	}
	return l.Value(reply) == content
}

// edit is an edit-config that gives the leaf a value by an operation, "" for none.
func (l leaf) edit(value, operation string, options ...netconf.EditOption) string {
	return netconf.EditConfig(l.Store, l.Config(value, operation), options...)
}

// deleteParent is the edit-config that deletes what the leaf stands in, "" where that is nothing, or an entry of a list.
func (l leaf) deleteParent() string {
	above := len(l.Path) - 1
	if above == 0 || len(l.Path[above-1].Keys) > 0 {
		return ""
	}
	parent := target.Leaf{Path: l.Path[:above]}
	return netconf.EditConfig(l.Store, parent.Config("", "delete"))
}

// within is the leaf with all its path in another namespace.
func (l leaf) within(namespace string) leaf {
	path := slices.Clone(l.Path)
	for i := range path {
		path[i].Namespace = namespace
	}
	return leaf{Leaf{Leaf: &target.Leaf{Path: path, Values: l.Values}, Store: l.Store}}
}

// parse reads config as the child elements of one element. A fault in it is ours.
func parse(config string) *xmlquery.Node {
	document, faults := netconf.Parse([]byte("<data>" + config + "</data>"))
	Given(len(faults)).To(Equal(0))
	return document.Root
}
