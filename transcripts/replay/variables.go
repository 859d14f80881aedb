package replay

import (
	"strings"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/transcripts/format"
)

// variables gives the values that a transcript may name, see format.KnownVariables.
type variables struct {
	player *player
	run    *dsl.Run
}

// Lookup implements format.Variables.
func (v *variables) Lookup(name string) (format.Value, bool) {
	if step, ok := strings.CutSuffix(name, ".message-id"); ok {
		id, sent := v.player.messageIDs[step]
		return text(id), sent
	}
	if session, ok := strings.CutSuffix(name, ".session-id"); ok {
		s := v.player.sessions[session]
		if s == nil {
			return format.Value{}, false
		}
		return text(s.ID()), true
	}
	switch kind, rest, _ := strings.Cut(name, "."); kind {
	case "target":
		return text(string(v.run.Edited())), true
	case "fixture":
		return v.fixture(rest)
	case "operational":
		return v.operational(rest)
	}
	return format.Value{}, false
}

func text(s string) format.Value       { return format.Value{Kind: format.Text, Text: s} }
func xml(s string) format.Value        { return format.Value{Kind: format.XML, Text: s} }
func expression(s string) format.Value { return format.Value{Kind: format.Expression, Text: s} }

func (v *variables) fixture(name string) (format.Value, bool) {
	f := v.run.Target.Fixture
	if f == nil {
		return format.Value{}, false
	}
	part, rest, _ := strings.Cut(name, ".")
	switch {
	case part == "list" && f.List != nil:
		return list(f.List, rest)
	case part == "leaf" && f.Leaf != nil:
		return leaf(f.Leaf, rest)
	case part == "change":
		return v.change(f, rest)
	}
	return format.Value{}, false
}

func list(l *target.List, name string) (format.Value, bool) {
	if operation, ok := strings.CutPrefix(name, "config."); ok {
		return xml(l.Config(operation)), true
	}
	switch name {
	case "filter":
		return xml(l.Filter()), true
	case "expr":
		return expression(l.Expr()), true
	case "key":
		return text(l.Key()), true
	}
	return format.Value{}, false
}

func leaf(l *target.Leaf, name string) (format.Value, bool) {
	switch name {
	case "config.0":
		return xml(l.Config(l.Values[0], "")), true
	case "config.1":
		return xml(l.Config(l.Values[1], "")), true
	case "value.0":
		return text(l.Values[0]), true
	case "value.1":
		return text(l.Values[1]), true
	case "filter":
		return xml(l.Filter()), true
	case "expr":
		return expression(l.Expr()), true
	}
	return format.Value{}, false
}

// change is whatever change the fixture allows: an entry of the list, else the leaf.
func (v *variables) change(f *target.Fixture, name string) (format.Value, bool) {
	if f.List != nil {
		switch name {
		case "make":
			return xml(f.List.Config("create")), true
		case "undo":
			return xml(f.List.Config("delete")), true
		}
		return list(f.List, name)
	}
	if f.Leaf == nil {
		return format.Value{}, false
	}
	switch name {
	case "make":
		return xml(f.Leaf.Config(f.Leaf.Values[0], "")), true
	case "undo":
		return xml(v.run.Guard.LeafAsBefore()), true
	case "expr":
		// The leaf may have been there before, with another value.
		return expression(f.Leaf.Expr() + "[. = " + netconf.Literal(f.Leaf.Values[0]) + "]"), true
	}
	return leaf(f.Leaf, name)
}

func (v *variables) operational(name string) (format.Value, bool) {
	o := v.run.Target.Operational
	if o == nil {
		return format.Value{}, false
	}
	switch name {
	case "rpc":
		return xml(o.RPC), true
	case "expr":
		return expression(o.Expect), true
	}
	return format.Value{}, false
}

// namespaces binds the prefixes of the transcript and of the fixture.
func (v *variables) namespaces() map[string]string {
	all := map[string]string{}
	add := func(bindings map[string]string) {
		for prefix, uri := range bindings {
			all[prefix] = uri
		}
	}
	add(v.player.transcript.Namespaces)
	if o := v.run.Target.Operational; o != nil {
		add(o.Namespaces)
	}
	if f := v.run.Target.Fixture; f != nil {
		if f.Leaf != nil {
			add(f.Leaf.Namespaces())
		}
		if f.List != nil {
			add(f.List.Namespaces())
		}
	}
	return all
}
