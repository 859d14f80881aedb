package verdict

import (
	"slices"

	"github.com/ncspec/ncspec/harness/requirement"
)

// requirements judges the whole catalogue: for each entry the worst of its own demands over all specs.
func (j *judge) requirements() []Requirement {
	all := []Requirement{}
	for _, q := range j.Requirements {
		r := Requirement{
			ID: q.ID, RFC: q.RFC, Section: q.Section, Level: q.Level, Testable: q.Testable, ServerMust: q.ServerMust,
			Specs: []string{},
		}
		for _, s := range j.judged {
			if !slices.Contains(s.covers, q.ID) && !s.demanded(q.ID) {
				continue
			}
			r.Specs = append(r.Specs, s.Spec.ID)
			if v, reason := j.share(s, q); v.Worse(r.Verdict) {
				r.Verdict, r.Reason = v, reason
			}
		}
		if r.Verdict == "" || q.Testable == requirement.No && !r.Verdict.executed() {
			r.Verdict, r.Reason = NotRun, j.uncovered(q)
		}
		all = append(all, r)
	}
	return all
}

// share is what one spec says about one requirement.
func (j *judge) share(s judgedSpec, q requirement.Requirement) (Verdict, string) {
	if s.demanded(q.ID) {
		return j.demanded(s, q)
	}
	if hold, ok := s.holdOn(q.ID); ok {
		return hold.Verdict, hold.Reason
	}
	switch v := s.Verdict; {
	case v == Error, v == NotRun, v == NotApplicable:
		return v, s.Reason
	case q.Observed(), q.May():
		return Pass, "observed"
	case v == Violation, v == Waived:
		return NotRun, "not reached: " + s.Spec.ID + " ended earlier, where it " + s.Reason
	}
	return NotRun, "not reached: " + s.Spec.ID + " took a way on which it is not demanded"
}

func (j *judge) demanded(s judgedSpec, q requirement.Requirement) (Verdict, string) {
	worst := Pass
	for _, d := range s.demands {
		if d.Requirement != q.ID {
			continue
		}
		if v := j.amounts(s.facts, d); v.Worse(worst) {
			worst = v
		}
	}
	switch {
	case worst == Waived:
		return Waived, j.waiverReasons(s.facts)
	case worst == Pass && q.May():
		return Pass, "observed"
	case worst == Pass:
		return Pass, ""
	}
	return worst, "in " + s.Spec.ID
}

// uncovered says why an entry has no verdict although no spec held it back.
func (j *judge) uncovered(q requirement.Requirement) string {
	switch {
	case q.Testable == requirement.No:
		return q.Why
	case j.Unusable != "":
		return "the target is unusable: " + j.Unusable
	case j.brokeOff:
		return brokeOff
	}
	return "no spec of this run covers it"
}
