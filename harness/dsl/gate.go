package dsl

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/requirement"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/verdict"
)

// stateEntry is the report entry in which a spec's state travels, so that Demand needs no context.
const stateEntry = "ncspec state"

// state is one spec's place in its run.
type state struct {
	run      *Run
	id       string
	covered  map[string]requirement.Requirement
	effect   effect.Effect
	tape     *tape
	sessions int
	opened   []*session.Session // with a hello or without, in the order of their opening
	stage    *Stage             // where the spec is a step of a transcript
	excess   []string           // what the server has sent on them that nobody asked for
	answered int                // replies that came on them
	lost     bool               // the server has ended a session of the spec
}

// String keeps the entry out of the way of Ginkgo's own reports.
func (s *state) String() string { return s.id }

// MarshalJSON keeps the run out of Ginkgo's own reports.
func (s *state) MarshalJSON() ([]byte, error) { return []byte(`"` + s.id + `"`), nil }

// Gate registers the nodes around every spec: what may not run is held back with its reason, and what ran is put in
// order and recorded. A suite calls it once, at the top of its tree.
func Gate() {
	ginkgo.BeforeEach(func(ctx ginkgo.SpecContext) { enter(ctx) })
}

// enter decides whether the spec may run.
func enter(ctx context.Context) {
	run := FromContext(ctx)
	if run == nil {
		return // a node of somebody else's suite
	}
	spec := ginkgo.CurrentSpecReport()
	d, _ := undecorate(spec.LeafNodeText, spec.Labels())
	if d.id == "" {
		return
	}
	s := &state{run: run, id: d.id, covered: run.covered(d), tape: newTape(run, d.id)}
	s.effect = run.effect(d, s.covered)
	run.current.Store(d.id)
	ginkgo.AddReportEntry(stateEntry, s, ginkgo.ReportEntryVisibilityNever)
	if hold := run.hold(d, s); hold != nil {
		ginkgo.AddReportEntry(verdict.HoldEntry, *hold, ginkgo.ReportEntryVisibilityNever)
		ginkgo.Skip(string(hold.Verdict) + ": " + hold.Reason)
	}
	run.Guard.Enter(d.id, s.effect)
	if d.ownRules {
		return // the stage that the transcript is played on puts things in order at its end
	}
	ginkgo.DeferCleanup(func(ctx ginkgo.SpecContext) { s.leave(ctx) })
}

// leave runs after the spec's own clean-up: its sessions are closed by then.
func (s *state) leave(ctx context.Context) {
	defer func() { s.opened, s.tape = nil, nil }() // Ginkgo keeps the state, and would keep these, to the end of the run
	err := errors.Join(s.run.watch(ctx, s.lost), s.run.Guard.Settle(ctx))
	if path := s.tape.save(); path != "" {
		ginkgo.AddReportEntry(verdict.RecordedEntry, verdict.Recorded{Path: path}, ginkgo.ReportEntryVisibilityNever)
	}
	if err != nil {
		err = fmt.Errorf("putting the target back in order: %w", err)
	}
	err = errors.Join(s.exceeded(), s.run.Guard.Complaints(), err)
	s.run.answers.note(s, err != nil)
	if err != nil {
		fail(err.Error(), 0)
	}
}

func (r *Run) covered(d decorations) map[string]requirement.Requirement {
	covered := map[string]requirement.Requirement{}
	for _, id := range d.covers {
		if q, ok := r.Catalogue.Get(id); ok {
			covered[id] = q
		}
	}
	return covered
}

// effect is the strongest of what the spec declares and what its requirements touch; an edit reaches running where
// the server has no candidate.
func (r *Run) effect(d decorations, covered map[string]requirement.Requirement) effect.Effect {
	strongest := d.touches
	for _, q := range covered {
		if e, err := effect.Parse(q.Touches); err == nil {
			strongest = max(strongest, e)
		}
	}
	if strongest == effect.Candidate && !r.Claims.Has("candidate") {
		strongest = effect.Running
	}
	if d.monitor {
		return effect.Nothing // it looks at what other specs have sent
	}
	return strongest
}

// hold gives the reason why a spec must not run, nil for none. What the server does not claim comes first: it stays
// true whatever the user admits.
func (r *Run) hold(d decorations, s *state) *verdict.Hold {
	if r.Over != nil && r.Over() {
		return &verdict.Hold{Verdict: verdict.NotRun, Reason: "the run was ended"}
	}
	if why := r.answers.lost(); why != "" {
		return &verdict.Hold{Verdict: verdict.NotRun, Reason: why}
	}
	if r.Select != nil {
		if why := r.Select(d.id, d.covers); why != "" {
			return &verdict.Hold{Verdict: verdict.NotRun, Reason: why}
		}
	}
	if r.Mute != "" && !d.bare && !d.monitor {
		return &verdict.Hold{Verdict: verdict.NotRun, Reason: r.Mute}
	}
	if why := r.notClaimed(d, s.covered); why != "" {
		return &verdict.Hold{Verdict: verdict.NotApplicable, Reason: why}
	}
	if why := r.missing(d); why != "" {
		return &verdict.Hold{Verdict: verdict.NotRun, Reason: why}
	}
	if !r.Safety.Admits(s.effect) {
		return &verdict.Hold{Verdict: verdict.NotRun, Reason: fmt.Sprintf("it touches %s, and --safety is %s", s.effect, r.Safety)}
	}
	if why := r.Guard.Blocked(s.effect); why != "" {
		return &verdict.Hold{Verdict: verdict.NotRun, Reason: why}
	}
	if wait := longest(s.covered); wait > SlowFrom && !r.Slow {
		return &verdict.Hold{Verdict: verdict.NotRun, Reason: fmt.Sprintf("it waits %v, and runs with --slow only", wait)}
	}
	return nil
}

// notClaimed names what the requirements and the spec ask of the server and it does not claim, or what it must not have
// and has, "" for nothing.
func (r *Run) notClaimed(d decorations, covered map[string]requirement.Requirement) string {
	var requires []string
	for _, need := range d.needs {
		unwanted, negated := strings.CutPrefix(need, "!")
		if negated && !strings.Contains(need, "|") && asksTarget(need) && !r.gives(need) {
			return "it is for targets without " + unwanted
		}
		if !asksTarget(need) {
			requires = append(requires, need)
		}
	}
	for _, id := range d.covers {
		requires = append(requires, covered[id].Requires...)
	}
	if why := r.otherwiseCarried(requires); why != "" {
		return why
	}
	ok, missing := r.Claims.Holds(slices.DeleteFunc(requires, ofTransport))
	if ok {
		return ""
	}
	if unwanted, negated := strings.CutPrefix(missing, "!"); negated && !strings.Contains(missing, "|") {
		return "the server claims " + unwanted
	}
	return "the server does not claim " + strings.ReplaceAll(missing, "|", " or ")
}

// missing tells what the target does not give us for a spec, "" for nothing.
func (r *Run) missing(d decorations) string {
	for _, need := range d.needs {
		if asksTarget(need) && !r.gives(need) {
			return r.lacking(need)
		}
	}
	return ""
}

// asksTarget tells whether a need is for something that the target file gives or not, at least as one way to meet it.
func asksTarget(need string) bool {
	return slices.ContainsFunc(strings.Split(need, "|"), func(term string) bool {
		_, ours := resources()[strings.TrimPrefix(term, "!")]
		return ours
	})
}

// gives tells whether one of the ways to meet a need is there.
func (r *Run) gives(need string) bool {
	return slices.ContainsFunc(strings.Split(need, "|"), func(term string) bool {
		name, unwanted := strings.CutPrefix(term, "!")
		if resource, ours := resources()[name]; ours {
			return resource.there(r) != unwanted
		}
		claimed, _ := r.Claims.Holds([]string{term})
		return claimed
	})
}

func (r *Run) lacking(need string) string {
	for _, term := range strings.Split(need, "|") {
		if resource, ours := resources()[term]; ours {
			return resource.otherwise
		}
	}
	return "the target does not give " + need
}

func longest(covered map[string]requirement.Requirement) time.Duration {
	var wait time.Duration
	for _, q := range covered {
		wait = max(wait, q.Wait())
	}
	return wait
}

// WouldHold tells why a spec would not run, nil for one that would.
func (r *Run) WouldHold(spec Authored) *verdict.Hold { return r.wouldHold(spec.decorations) }

// Touches is the strongest of what a spec may touch on this target.
func (r *Run) Touches(spec Authored) effect.Effect {
	return r.effect(spec.decorations, r.covered(spec.decorations))
}

func (r *Run) wouldHold(d decorations) *verdict.Hold {
	covered := r.covered(d)
	return r.hold(d, &state{run: r, id: d.id, covered: covered, effect: r.effect(d, covered)})
}

// WouldRun tells whether a spec with these decorators runs, as far as the run decides that: Ginkgo's own filters may
// have left it out all the same.
func WouldRun(ctx context.Context, all Decorators) bool {
	var d decorations
	all.decorate(&d)
	return FromContext(ctx).wouldHold(d) == nil
}
