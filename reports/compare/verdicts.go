package compare

import (
	"strings"

	"github.com/ncspec/ncspec/harness/verdict"
)

// follower begins the reason of a step that could not be played for what an earlier step of its transcript had met.
const follower = "earlier step"

// verdicts finds the specs that have no verdict in one of the runs, other than for not being applicable.
func (c *Comparison) verdicts(old, fresh *indexed) {
	for _, id := range fresh.ids() {
		n := fresh.specs[id]
		o, both := old.specs[id]
		t := Turn{Spec: id, Text: n.Text, Old: o.Verdict, New: n.Verdict, Reason: n.Reason}
		switch {
		case !both && n.Suite == "run" && n.Verdict == verdict.Error, both && lost(o, n, fresh.complete):
			c.Verdicts.Lost = append(c.Verdicts.Lost, t)
		case !both, o.Verdict == n.Verdict:
		case none(n.Verdict) && o.Verdict != verdict.NotApplicable:
			c.Verdicts.Changed = append(c.Verdicts.Changed, t)
		case none(o.Verdict) && (n.Verdict == verdict.Pass || n.Verdict == verdict.Advisory): // breaks are told as such
			t.Reason = o.Reason
			c.Verdicts.Changed = append(c.Verdicts.Changed, t)
		}
	}
}

// none tells whether a verdict says that there is none.
func none(v verdict.Verdict) bool { return v == verdict.Error || v == verdict.NotRun }

// lost tells whether a spec that went well ends in an error, or was not reached before the run broke off. The steps behind
// a step that failed are told with it.
func lost(old, fresh verdict.Spec, complete bool) bool {
	well := old.Verdict == verdict.Pass || old.Verdict == verdict.Advisory
	return well && (fresh.Verdict == verdict.Error && !strings.HasPrefix(fresh.Reason, follower) || fresh.Verdict == verdict.NotRun && !complete)
}

// applicability finds the requirements that became or ceased to be applicable. Where one run did not get as far as to
// judge a requirement, nothing is known.
func (c *Comparison) applicability(old, fresh *indexed) {
	for _, id := range fresh.order {
		n := fresh.requirements[id]
		o, both := old.requirements[id]
		s := Scope{Requirement: id, Reference: n.Reference(), Level: n.Level, ServerMust: n.ServerMust, Old: o.Verdict, New: n.Verdict}
		switch {
		case !both:
		case o.Verdict == verdict.NotApplicable && judged(n.Verdict):
			s.Reason = o.Reason
			c.Applicability.Gained = append(c.Applicability.Gained, s)
		case judged(o.Verdict) && n.Verdict == verdict.NotApplicable:
			s.Reason = n.Reason
			c.Applicability.Lost = append(c.Applicability.Lost, s)
		}
	}
}
