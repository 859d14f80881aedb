package schema

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/openconfig/goyang/pkg/yang"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/target"
)

// Proposal is a fixture that may fit, and what speaks for it.
type Proposal struct {
	Module  string
	Fixture *target.Fixture
	Path    string // for people, such as /ietf-system:system/contact
	merit   int
}

// Module is one that a server implements, as its hello announces it (RFC 6020 §5.6.4).
type Module struct{ Name, Revision, Namespace string }

// Announced are the modules in a hello.
func Announced(claims netconf.Capabilities) []Module {
	var all []Module
	for _, c := range claims {
		name := c.Params["module"]
		if len(name) == 0 {
			continue
		}
		m := Module{Name: name[0], Namespace: c.Base}
		if revision := c.Params["revision"]; len(revision) > 0 {
			m.Revision = revision[0]
		}
		all = append(all, m)
	}
	return all
}

// Propose looks through the modules for leaves that can be changed harmlessly, best first. A module that cannot be had or
// read is passed over; the notes say why.
func Propose(ctx context.Context, source Source, all []Module) (proposals []Proposal, notes []string) {
	for _, module := range all {
		if ctx.Err() != nil {
			return proposals, append(notes, ctx.Err().Error())
		}
		if why := denied(module); why != "" {
			notes = append(notes, fmt.Sprintf("%s: %s", module.Name, why))
			continue
		}
		found, err := proposeFrom(ctx, source, module)
		if err != nil {
			notes = append(notes, fmt.Sprintf("%s: %v", module.Name, err))
			continue
		}
		proposals = append(proposals, found...)
	}
	slices.SortStableFunc(proposals, func(a, b Proposal) int { return b.merit - a.merit })
	return proposals, notes
}

// proposeFrom reads each module by itself: one that is broken spoils no other.
func proposeFrom(ctx context.Context, source Source, module Module) ([]Proposal, error) {
	m := newModules(source)
	if err := m.load(ctx, module.Name, module.Revision); err != nil {
		return nil, err
	}
	if faults := m.read.Process(); len(faults) > 0 {
		return nil, fmt.Errorf("it cannot be understood: %w", faults[0])
	}
	entry, faults := m.read.GetModule(module.Name)
	if len(faults) > 0 {
		return nil, fmt.Errorf("it cannot be understood: %w", faults[0])
	}
	w := &walk{module: module}
	w.below(entry, nil)
	return w.found, nil
}

// walk goes through the containers of a module.
type walk struct {
	module Module
	found  []Proposal
}

func (w *walk) below(at *yang.Entry, path []target.Node) {
	names := make([]string, 0, len(at.Dir))
	for name := range at.Dir {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		child := at.Dir[name]
		node := target.Node{Namespace: namespace(child), Local: child.Name}
		if node.Namespace != w.module.Namespace || !harmless(child) {
			continue
		}
		here := append(slices.Clone(path), node)
		switch {
		case child.IsContainer() && !presence(child):
			w.below(child, here)
		case child.IsLeaf():
			w.leaf(child, here)
		}
	}
}

func (w *walk) leaf(leaf *yang.Entry, path []target.Node) {
	values, fit := values(leaf.Type)
	if !fit || len(path) < 2 { // a leaf at the top of a device is nothing to play with
		return
	}
	w.found = append(w.found, Proposal{Module: w.module.Name, Path: shown(w.module.Name, path), merit: merit(leaf.Name),
		Fixture: &target.Fixture{Name: w.module.Name, Leaf: &target.Leaf{Path: path, Values: values}}})
}

func shown(module string, path []target.Node) string {
	text := "/" + module + ":" + path[0].Local
	for _, node := range path[1:] {
		text += "/" + node.Local
	}
	return text
}

func namespace(e *yang.Entry) string {
	if ns := e.Namespace(); ns != nil {
		return ns.Name
	}
	return ""
}

// harmless tells whether nothing else depends on a node, as far as the model says.
func harmless(e *yang.Entry) bool {
	if e.ReadOnly() || e.IsList() || e.IsChoice() || e.IsCase() || e.RPC != nil || e.Mandatory == yang.TSTrue || suspect(e.Name) {
		return false
	}
	for _, statement := range []string{"must", "when", "if-feature", "status"} {
		if len(e.Extra[statement]) > 0 {
			return false
		}
	}
	return true
}

func presence(e *yang.Entry) bool { return len(e.Extra["presence"]) > 0 }

// values are two that a string leaf takes, where its type says no more than how long it may be.
func values(t *yang.YangType) ([2]string, bool) {
	wanted := [2]string{"ncspec-a", "ncspec-b"}
	if t == nil || t.Kind != yang.Ystring || len(t.Pattern)+len(t.POSIXPattern) > 0 {
		return wanted, false
	}
	length := yang.FromInt(int64(len(wanted[0])))
	fits := len(t.Length) == 0 || slices.ContainsFunc(t.Length, func(r yang.YRange) bool {
		return !length.Less(r.Min) && !r.Max.Less(length)
	})
	return wanted, fits
}

// merit prefers leaves that are there for people to read.
func merit(name string) int {
	for i, word := range []string{"contact", "location", "description", "comment", "note", "remark", "label"} {
		if strings.Contains(name, word) {
			return 100 - i
		}
	}
	return 0
}

// suspect are names of what is not to be played with.
func suspect(name string) bool {
	return slices.ContainsFunc([]string{"password", "secret", "key", "hostname", "host-name", "address", "domain", "user", "server", "file",
		"url", "path", "community", "banner", "auth", "cert", "clock", "time"}, func(word string) bool { return strings.Contains(name, word) })
}

// denied tells why a module is left alone, "" for one that is not: what manages the management plane, or carries traffic.
func denied(m Module) string {
	for _, word := range []string{"interface", "netconf", "keystore", "truststore", "crypto", "ssh", "tls", "acm", "aaa", "radius", "tacacs",
		"user", "rout", "bgp", "ospf", "isis", "mpls", "vlan", "firewall", "acl", "access-list", "license", "snmp", "yang-library",
		"notifications", "restconf", "-types", "inet", "vrf", "bridge", "hardware", "netmod", "datastores", "xsd"} {
		if strings.Contains(m.Name, word) {
			return "modules about " + strings.Trim(word, "-") + " are left alone"
		}
	}
	if _, err := url.Parse(m.Namespace); err != nil || m.Namespace == "" {
		return "it has no namespace"
	}
	return ""
}
