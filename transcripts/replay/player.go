package replay

import (
	"context"
	"fmt"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
	"github.com/ncspec/ncspec/transcripts/format"
)

// player plays one transcript once.
type player struct {
	suite      string
	transcript *format.Transcript
	stage      *dsl.Stage
	sessions   map[string]*session.Session
	messageIDs map[string]string // of send steps, by step
	played     map[string]bool   // steps
	leading    bool              // the step at hand leads up to the one whose spec runs
	failed     string            // the step that failed first
	looked     bool              // whether the candidate is shared has been found out
	solitary   bool              // each session has a candidate of its own, and that does not do
}

func newPlayer(suite string, t *format.Transcript) *player {
	return &player{suite: suite, transcript: t, stage: dsl.NewStage(suite + "/" + t.ID), sessions: map[string]*session.Session{},
		messageIDs: map[string]string{}, played: map[string]bool{}}
}

// play plays one step. Whatever ends it early marks it as failed.
func (p *player) play(ctx context.Context, step format.Step) {
	p.stage.Step()
	p.mindCandidate(ctx)
	if p.failed != "" && !step.Always {
		dsl.Broken("earlier step: %s failed", p.failed)
	}
	p.leadUp(ctx, step)
	p.perform(ctx, step)
}

// leadUp plays the steps before one that have no spec in this run: a filter of Ginkgo's left them out. Without them the
// step would mean something else. They are given here, and judge nobody.
func (p *player) leadUp(ctx context.Context, to format.Step) {
	p.leading = true
	defer func() { p.leading = false }()
	for _, step := range p.transcript.Steps {
		if step.ID == to.ID {
			return
		}
		if Plays(step) && !p.played[step.ID] && dsl.WouldRun(ctx, decorations(p.suite, p.transcript, step)) {
			p.perform(ctx, step)
		}
	}
}

func (p *player) perform(ctx context.Context, step format.Step) {
	p.played[step.ID] = true
	done := false
	defer func() {
		if !done && p.failed == "" {
			p.failed = step.ID
		}
	}()
	values := &variables{player: p, run: dsl.FromContext(ctx)}
	switch step.Action {
	case format.ActionOpen:
		p.open(ctx, step, values)
	case format.ActionSend:
		p.send(ctx, step, values)
	case format.ActionRaw:
		p.raw(ctx, step, values)
	case format.ActionEnd:
		p.end(ctx, step)
	}
	done = true
}

func (p *player) open(ctx context.Context, step format.Step, values *variables) {
	options := []dsl.OpenOption{dsl.Named(step.Session)}
	declared := p.declared(step.Session)
	if !declared.SendsHello() {
		options = append(options, dsl.Mute())
	} else if declared.Hello != nil {
		options = append(options, dsl.Announcing(declared.Hello...))
	}
	opened, err := p.stage.Open(ctx, options...)
	if err != nil {
		dsl.Broken("opening session %s: %v", step.Session, err)
	}
	p.sessions[step.Session] = opened
	if hello := opened.Hello(); hello != nil {
		p.judge(step, hello.Document, values)
	}
}

func (p *player) declared(name string) format.Session {
	for _, s := range p.transcript.Sessions {
		if s.Name == name {
			return s
		}
	}
	return format.Session{Name: name}
}

func (p *player) send(ctx context.Context, step format.Step, values *variables) {
	s := p.session(step)
	operation, err := step.Send.XML(values)
	if err != nil {
		dsl.Broken("%s: %v", p.place(step), err)
	}
	request, frame := s.Frame(operation)
	if step.Envelope == format.EnvelopeBare {
		frame = wire.Append(nil, s.Framing(), []byte("<rpc>"+operation+"</rpc>"))
		request.MessageID, request.NoMessageID = "", true
	} else {
		p.messageIDs[step.ID] = request.MessageID
	}
	sent := s.SendAs(ctx, []netconf.Request{request}, frame)
	p.judge(step, s.Await(ctx, sent[0]), values)
}

func (p *player) raw(ctx context.Context, step format.Step, values *variables) {
	s := p.session(step)
	dsl.Given(s.Break(ctx, step.Octets)).To(match.Succeed())
	if len(step.Expect) == 0 {
		return
	}
	m, err := s.Next(ctx)
	if err != nil {
		m = session.Message{}
		s.Note("nothing to judge: %v", err)
	}
	p.judge(step, m, values)
}

func (p *player) end(ctx context.Context, step format.Step) {
	ending := p.session(step).AwaitEnd(ctx)
	p.demand(step.Covers, ending).To(match.BeOver())
}

func (p *player) session(step format.Step) *session.Session {
	s := p.sessions[step.Session]
	if s == nil {
		dsl.Broken("%s: session %s is not open", p.place(step), step.Session)
	}
	return s
}

// judge holds the step's expectations against what came. A step that expects nothing but covers something demands an
// answer.
func (p *player) judge(step format.Step, actual any, values *variables) {
	reply, answered := actual.(*session.Reply)
	if answered && len(step.Expect) == 0 {
		p.demand(step.Covers, reply).To(match.BeAnswered())
	}
	for _, e := range step.Expect {
		expr, err := e.That.XPath(values)
		if err != nil {
			dsl.Broken("%s:%d:%d: %v", p.transcript.File, e.At.Line, e.At.Column, err)
		}
		p.demand(e.Covers, actual).To(match.HaveXPath(expr).In(values.namespaces()))
	}
}

// assertion is what may be demanded of one thing for several requirements at once.
type assertion struct {
	covers  []string
	actual  any
	leading bool
}

func (p *player) demand(covers []string, actual any) assertion {
	return assertion{covers, actual, p.leading}
}

// To demands it for each requirement; without one it is the transcript's own demand.
func (a assertion) To(matcher match.Matcher) {
	if a.leading {
		dsl.Given(a.actual).To(matcher)
		return
	}
	if len(a.covers) == 0 {
		dsl.DemandOwn(a.actual).To(matcher)
	}
	for _, id := range a.covers {
		dsl.Demand(id, a.actual).To(matcher)
	}
}

func (p *player) place(step format.Step) string {
	return fmt.Sprintf("%s:%d:%d: step %s", p.transcript.File, step.At.Line, step.At.Column, step.ID)
}

func (p *player) leave(ctx context.Context) {
	if err := p.stage.Leave(ctx); err != nil {
		dsl.Broken("%v", err)
	}
}
