package format

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/goccy/go-yaml/ast"
)

// framings are the values of "framing:", named as in RFC 6242 §4.
func framings() []string { return []string{"end-of-message", "chunked"} }

// steps reads the list; each step sees what the ones before it opened and sent.
func (r *reader) steps(node ast.Node, t *Transcript) []Step {
	items := r.items(node, "steps", "steps")
	if sequence, ok := node.(*ast.SequenceNode); ok && len(sequence.Values) == 0 {
		r.fault(place(node), "steps is empty: a transcript has at least one")
	}
	order := newOrder(t)
	var steps []Step
	for _, item := range items {
		raw := r.step(item)
		if raw == nil {
			continue
		}
		r.checkStep(raw, order)
		r.checkExpressions(raw, order, t.Namespaces)
		steps = append(steps, raw.Step)
	}
	return steps
}

// rawStep is a step with the nodes that faults found later point to.
type rawStep struct {
	Step
	actions                                []entry
	id, session, send, expect, covers, env ast.Node
	always                                 Position
	noted                                  bool
	expressions                            []ast.Node
}

func (r *reader) step(node ast.Node) *rawStep {
	if _, ok := node.(*ast.MappingNode); !ok {
		r.wrongKind(node, "a step", "a mapping (key: value)")
		return nil
	}
	s := &rawStep{}
	s.At, s.Envelope = place(node), EnvelopeRPC
	r.fields(node, "a step", append(r.actionFields(s), []field{
		{"id", false, func(n ast.Node) { s.id = n; s.ID = r.name(n, "id of a step") }},
		{"title", false, func(n ast.Node) { s.Title, _ = r.word(n, "title of a step") }},
		{"session", false, func(n ast.Node) { s.session = n; s.Session, _ = r.word(n, "session of a step") }},
		{"envelope", false, func(n ast.Node) {
			s.env = n
			s.Envelope = Envelope(r.oneOf(n, "envelope", []string{string(EnvelopeRPC), string(EnvelopeBare)}))
		}},
		{"expect", false, func(n ast.Node) { s.expect = n; r.expectations(s, n) }},
		{"covers", false, func(n ast.Node) { s.covers = n; s.Covers = r.requirements(n) }},
		{"needs", false, func(n ast.Node) { s.Needs = r.stepNeeds(n) }},
		{"always", false, func(n ast.Node) { s.always = place(n); s.Always = r.flag(n, "always") }},
		{"at", false, func(n ast.Node) { s.Offset = r.milliseconds(n) }},
		{"framing", false, func(n ast.Node) { s.Framing = r.oneOf(n, "framing", framings()) }},
	}...))
	return s
}

// actionFields are the keys that say what a step does. note is one only in a step that has none of the others.
func (r *reader) actionFields(s *rawStep) []field {
	act := func(action Action, read func(ast.Node)) field {
		return field{string(action), false, func(n ast.Node) {
			s.actions = append(s.actions, entry{string(action), place(n), n})
			read(n)
		}}
	}
	return []field{
		act(ActionOpen, func(n ast.Node) { r.flag(n, "open") }),
		act(ActionSend, func(n ast.Node) { s.send = n; s.Send = r.template(n, "send") }),
		act(ActionRaw, func(n ast.Node) { s.Octets = r.octets(n, "raw") }),
		act(ActionEnd, func(n ast.Node) { r.flag(n, "end") }),
		act(ActionReceived, func(n ast.Node) { s.Octets = r.octets(n, "received") }),
		{string(ActionNote), false, func(n ast.Node) { s.Note, _ = r.text(n, "note"); s.noted = true }},
	}
}

func (r *reader) template(node ast.Node, what string) Template {
	text, ok := r.word(node, what)
	if !ok {
		return Template{}
	}
	template, err := ParseTemplate(text)
	if err != nil {
		offset := 0
		if e, ok := err.(*templateError); ok {
			offset = e.offset
		}
		r.fault(r.within(node, text, offset), "%s: %v", what, err)
		return Template{}
	}
	return template
}

// expectations reads a list of expressions, each plain or with covers of its own.
func (r *reader) expectations(s *rawStep, node ast.Node) {
	for _, item := range r.items(node, "expect", "XPath 1.0 expressions") {
		expectation, expression := Expectation{At: place(item)}, item
		if _, detailed := item.(*ast.MappingNode); detailed {
			expression = nil
			r.fields(item, "an entry of expect", []field{
				{"that", true, func(n ast.Node) { expression = n }},
				{"covers", true, func(n ast.Node) { expectation.Covers = r.requirements(n) }},
			})
			if expression == nil {
				continue
			}
			expectation.At = place(expression)
		}
		expectation.That = r.template(expression, "an expression of expect")
		s.Expect = append(s.Expect, expectation)
		s.expressions = append(s.expressions, expression)
	}
}

func (r *reader) requirements(node ast.Node) []string {
	ids := []string{}
	for _, item := range r.items(node, "covers", "requirement ids") {
		id, ok := r.word(item, "an entry of covers")
		if ok && !coversShape.MatchString(id) {
			r.fault(place(item), "covers: %q is no requirement id; they look like rfc6241-7.5-lock-granted "+
				"(ncspec list --requirements shows all)", id)
		}
		if contains(ids, id) {
			r.fault(place(item), "covers: %q is there twice", id)
		}
		ids = append(ids, id)
	}
	return ids
}

// milliseconds reads an offset. Its three decimals are all there is, so it is rounded to microseconds.
func (r *reader) milliseconds(node ast.Node) time.Duration {
	switch node.(type) {
	case *ast.IntegerNode, *ast.FloatNode:
		ms, err := strconv.ParseFloat(node.GetToken().Value, 64)
		if err == nil && ms >= 0 && ms < math.MaxInt64/1e6 {
			return time.Duration(math.Round(ms*1000)) * time.Microsecond
		}
	}
	r.fault(place(node), "at must be the milliseconds since the start, such as 12.345, not %s", describe(node))
	return 0
}

func (s *rawStep) name() string {
	if s.ID != "" {
		return fmt.Sprintf("step %q", s.ID)
	}
	return "the step"
}
