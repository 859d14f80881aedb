package format

import (
	"fmt"
	"slices"
	"strings"
)

// ValueKind says how a variable's value is put into the text around it.
type ValueKind int

const (
	// Text is put into an expression as an XPath literal, and into a request XML-escaped.
	Text ValueKind = iota
	// Expression is put into an expression in parentheses; a request cannot hold it.
	Expression
	// XML is put into a request as it is; an expression cannot hold it.
	XML
)

// String returns "text", "expression" or "XML".
func (k ValueKind) String() string { return [...]string{"text", "expression", "XML"}[k] }

// Value is what a variable stands for on a target.
type Value struct {
	// Kind must be the one that [KnownVariables] documents for the name.
	Kind ValueKind
	// Text is the value, not yet escaped.
	Text string
}

// Variables gives the values while a transcript is played.
type Variables interface {
	// Lookup returns the value of a name such as "rival.session-id"; false if it has none (yet).
	Lookup(name string) (Value, bool)
}

// VariableName documents one name, or family of names, that a transcript may use.
type VariableName struct {
	// Pattern is the name; SESSION and STEP stand for a name of the file, alternatives are split by "|".
	Pattern string
	// Kind is how its value is put in.
	Kind ValueKind
	// Meaning says what it stands for.
	Meaning string
}

// KnownVariables lists every variable that a player must provide. The fixture's values are there if the target has that
// fixture, which a step asks with needs.
func KnownVariables() []VariableName {
	return []VariableName{
		{"SESSION.session-id", Text, "the session-id that the server gave the session"},
		{"STEP.message-id", Text, "the message-id sent in that step (this one or an earlier one)"},
		{"target.datastore", Text, `"candidate" if the server claims it, else "running"`},
		{"fixture.change.make", XML, "content of config that makes a change: the list entry, else the leaf"},
		{"fixture.change.undo", XML, "content of config that undoes the change"},
		{"fixture.change.filter", XML, "content of a subtree filter that selects the change"},
		{"fixture.change.expr", Expression, "path below rpc-reply/data that finds the change where it was made"},
		{"fixture.list.config.create|delete|merge|remove|replace", XML, "content of config: the entry, with that operation"},
		{"fixture.list.filter", XML, "content of a subtree filter that selects the entry"},
		{"fixture.list.expr", Expression, "path below rpc-reply/data to the entry"},
		{"fixture.list.key", Text, "the key of the entry"},
		{"fixture.leaf.config.0|1", XML, "content of config: the leaf with its first or second value"},
		{"fixture.leaf.value.0|1", Text, "the first or second value of the leaf"},
		{"fixture.leaf.filter", XML, "content of a subtree filter that selects the leaf"},
		{"fixture.leaf.expr", Expression, "path below rpc-reply/data to the leaf"},
		{"operational.rpc", XML, "the operation that asks for operational data"},
		{"operational.expr", Expression, "what the reply to operational.rpc must hold"},
	}
}

// names lists the names of a family.
func (v VariableName) names() []string {
	cut := strings.LastIndexByte(v.Pattern, '.') + 1
	var names []string
	for _, last := range strings.Split(v.Pattern[cut:], "|") {
		names = append(names, v.Pattern[:cut]+last)
	}
	return names
}

// scope is what the names of a file add to the known variables at one of its steps.
type scope struct {
	sessions []string // opened up to here
	steps    []string // sent up to here, this one included, with a message-id
}

// kind finds out how a name is put in, or says what is wrong with it.
func (s scope) kind(name string) (ValueKind, error) {
	known := map[string]ValueKind{}
	for _, session := range s.sessions {
		known[session+".session-id"] = Text
	}
	for _, step := range s.steps {
		known[step+".message-id"] = Text
	}
	var documented []string
	for _, family := range KnownVariables() {
		documented = append(documented, family.Pattern)
		for _, n := range family.names() {
			known[n] = family.Kind
		}
	}
	if kind, ok := known[name]; ok {
		return kind, nil
	}
	names := make([]string, 0, len(known))
	for n := range known {
		names = append(names, n)
	}
	slices.Sort(names)
	return Text, fmt.Errorf("unknown variable ${%s}%s; known here: %s (SESSION: a session opened before; STEP: this or "+
		"an earlier send step with a message-id)", name, didYouMean(name, names), strings.Join(documented, ", "))
}
