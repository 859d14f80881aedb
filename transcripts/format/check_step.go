package format

import (
	"strings"

	"github.com/antchfx/xpath"
	"github.com/goccy/go-yaml/ast"
)

// order is what the steps read so far have led to.
type order struct {
	declared []string
	open     map[string]bool // sessions open for certain, or perhaps: a step with needs may be left out
	unsure   map[string]bool
	ids      map[string]Position
	scope    scope
}

func newOrder(t *Transcript) *order {
	o := &order{open: map[string]bool{}, unsure: map[string]bool{}, ids: map[string]Position{}}
	for _, session := range t.Sessions {
		o.declared = append(o.declared, session.Name)
	}
	return o
}

// checkStep checks the keys of a step against each other and against the steps before it.
func (r *reader) checkStep(s *rawStep, o *order) {
	r.checkAction(s)
	r.checkID(s, o)
	r.checkSession(s, o)
	r.checkExpect(s)
	r.checkCovers(s)
	if s.env != nil && s.Action != ActionSend {
		r.fault(place(s.env), `"envelope" is the rpc element around "send": a step without send has none`)
	}
	if s.Always && s.evidence() {
		r.fault(s.always, `"always" is for steps that do something: send, raw, open or end`)
	}
}

// evidence tells whether a player has nothing to do for the step.
func (s *rawStep) evidence() bool { return s.Action == ActionReceived || s.Action == ActionNote }

func (r *reader) checkAction(s *rawStep) {
	switch {
	case len(s.actions) > 0:
		s.Action = Action(s.actions[0].key)
	case s.noted:
		s.Action = ActionNote
	default:
		r.fault(s.At, "%s does nothing: it needs one of open, send, raw, end (or, as evidence, received or note)", s.name())
	}
	for _, more := range s.actions[min(1, len(s.actions)):] {
		r.fault(more.at, "%s has %q beside %q: one step does one thing", s.name(), more.key, s.actions[0].key)
	}
}

func (r *reader) checkID(s *rawStep, o *order) {
	if s.id == nil {
		if !s.evidence() {
			r.fault(s.At, `a step has no "id": it is required, as reports and variables name the step by it`)
		}
		return
	}
	if before, taken := o.ids[s.ID]; taken {
		r.fault(place(s.id), "id of a step: %q is that of the step in line %d already", s.ID, before.Line)
		return
	}
	o.ids[s.ID] = s.At
	if s.Action == ActionSend && s.Envelope != EnvelopeBare {
		o.scope.steps = append(o.scope.steps, s.ID)
	}
}

func (r *reader) checkSession(s *rawStep, o *order) {
	if s.session == nil {
		if s.Action != ActionNote {
			r.fault(s.At, `%s has no "session": one of %s`, s.name(), strings.Join(o.declared, ", "))
		}
		return
	}
	if !contains(o.declared, s.Session) {
		r.fault(place(s.session), "%s", notAllowed("session", s.Session, o.declared))
		return
	}
	o.follow(s, func(message string) { r.fault(place(s.session), "%s: %s", s.name(), message) })
}

// follow keeps track of which sessions are open. Steps with needs may be left out, so after them nothing is certain.
func (o *order) follow(s *rawStep, fault func(string)) {
	name := s.Session
	isOpen, unsure := o.open[name], o.unsure[name]
	switch s.Action {
	case ActionOpen:
		if isOpen && !unsure && len(s.Needs) == 0 {
			fault("the session is open already: an end step has to come first")
		}
		o.open[name], o.unsure[name] = true, len(s.Needs) > 0 || isOpen && unsure
		if !contains(o.scope.sessions, name) {
			o.scope.sessions = append(o.scope.sessions, name)
		}
	case ActionSend, ActionRaw, ActionEnd:
		if !isOpen {
			fault(`the session is not open here: a step with "open: true" has to come first`)
		}
		if s.Action == ActionEnd {
			o.open[name], o.unsure[name] = isOpen && len(s.Needs) > 0, isOpen && len(s.Needs) > 0
		}
	}
}

func (r *reader) checkExpect(s *rawStep) {
	switch s.Action {
	case ActionSend:
		if s.expect == nil && !s.Always {
			r.fault(s.At, `%s has no "expect": say what the reply must hold (only clean-up steps, always: true, may go without)`,
				s.name())
		}
	case ActionOpen, ActionRaw:
	default:
		if s.expect != nil {
			r.fault(place(s.expect), `"expect" looks at a message: it goes with send, raw or open`)
		}
	}
	if list, ok := s.expect.(*ast.SequenceNode); ok && len(list.Values) == 0 {
		r.fault(place(s.expect), "expect is empty: leave it out, or say what the message must hold")
	}
}

// checkCovers sees to it that every requirement named can be broken, and hands the step's covers to its expectations.
func (r *reader) checkCovers(s *rawStep) {
	judged := s.Action == ActionOpen || s.Action == ActionEnd
	for i := range s.Expect {
		if s.Expect[i].Covers == nil {
			s.Expect[i].Covers, judged = s.Covers, true
		}
	}
	if s.covers != nil && !judged {
		r.fault(place(s.covers), `"covers" of the step judges nothing: it needs an expectation without covers of its own `+
			"(or an open or end step)")
	}
}

// checkExpressions checks what needs variables and namespaces: the request and the expectations.
func (r *reader) checkExpressions(s *rawStep, o *order, namespaces map[string]string) {
	if s.send != nil && s.Send.Text != "" && r.checkVariables(s.send, s.Send, o.scope, Expression) {
		r.checkRequest(s.send, s.Send, o.scope)
	}
	for i, node := range s.expressions {
		that := s.Expect[i].That
		if that.Text != "" && r.checkVariables(node, that, o.scope, XML) {
			r.checkExpression(node, that, o.scope, namespaces)
		}
	}
}

// checkVariables reports unknown variables and those of the kind that cannot stand here.
func (r *reader) checkVariables(node ast.Node, t Template, known scope, refused ValueKind) bool {
	fine := true
	for _, piece := range t.Pieces {
		if piece.Variable == "" {
			continue
		}
		kind, err := known.kind(piece.Variable)
		switch {
		case err != nil:
			r.fault(r.within(node, t.Text, piece.Offset), "%v", err)
		case kind == refused:
			r.fault(r.within(node, t.Text, piece.Offset), "${%s} is of kind %s, which cannot stand here", piece.Variable, kind)
		default:
			continue
		}
		fine = false
	}
	return fine
}

func (r *reader) checkRequest(node ast.Node, t Template, known scope) {
	filled, origin := fillDummies(t, known, "x", "<x/>", "")
	if offset, message := checkFragment(filled); message != "" {
		r.fault(r.within(node, t.Text, origin(offset)), "send: %s", message)
	}
}

// checkExpression checks the syntax of XPath 1.0, which the library is lenient about, and then what the library makes
// of it.
func (r *reader) checkExpression(node ast.Node, t Template, known scope, namespaces map[string]string) {
	if offset, message := checkXPath(t.Text, namespaces); message != "" {
		r.fault(r.within(node, t.Text, offset), "expect: %s", message)
		return
	}
	filled, _ := fillDummies(t, known, "'x'", "", "(/nc:rpc-reply)")
	if _, err := xpath.CompileWithNS(filled, namespaces); err != nil {
		r.fault(place(node), "expect: not an XPath 1.0 expression: %v", err)
	}
}

// fillDummies puts a stand-in for every variable, and maps offsets of the result back to the template.
func fillDummies(t Template, known scope, text, xml, expression string) (string, func(int) int) {
	var b strings.Builder
	starts := make([]int, len(t.Pieces))
	for i, piece := range t.Pieces {
		starts[i] = b.Len()
		if piece.Variable == "" {
			b.WriteString(piece.Text)
			continue
		}
		kind, _ := known.kind(piece.Variable)
		b.WriteString([...]string{Text: text, Expression: expression, XML: xml}[kind])
	}
	return b.String(), func(offset int) int {
		for i := len(starts) - 1; i >= 0; i-- {
			if starts[i] > offset {
				continue
			}
			if t.Pieces[i].Variable != "" {
				return t.Pieces[i].Offset
			}
			return t.Pieces[i].Offset + min(offset-starts[i], len(t.Pieces[i].Text))
		}
		return 0
	}
}
