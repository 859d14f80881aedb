package compare

import (
	"slices"

	"github.com/ncspec/ncspec/harness/verdict"
)

// breaks finds the demands that are broken in one of the runs only.
func (c *Comparison) breaks(old, fresh *indexed) {
	for _, p := range fresh.pairs() {
		b := fresh.describe(p, old)
		_, both := old.broken[p]
		switch {
		case both && b.Verdict != verdict.Advisory:
			c.Violations.Kept++
		case both:
		case b.Verdict == verdict.Advisory && old.held(p):
			c.Advisories.Gained = append(c.Advisories.Gained, b)
		case b.Verdict == verdict.Advisory: // nobody looked before
		case old.held(p) || b.Other == verdict.NotApplicable:
			c.Violations.Gained = append(c.Violations.Gained, b)
		default:
			c.Violations.FirstSeen = append(c.Violations.FirstSeen, b)
		}
	}
	for _, p := range old.pairs() {
		if _, both := fresh.broken[p]; both || !fresh.held(p) {
			continue
		}
		if b := old.describe(p, fresh); b.Verdict == verdict.Advisory {
			c.Advisories.Lost = append(c.Advisories.Lost, b)
		} else {
			c.Violations.Lost = append(c.Violations.Lost, b)
		}
	}
}

// held tells whether the run has shown that a requirement holds in a spec. A report says which demands were broken, not
// which were reached. So a spec that went well has shown each of its requirements that has a verdict at all; where it
// broke another one, only what holds everywhere is sure. A monitor shows nothing where it had less to look at.
func (x *indexed) held(p pair) bool {
	s, there := x.specs[p.spec]
	if _, broken := x.broken[p]; !there || broken || s.Monitor && x.partial {
		return false
	}
	well := s.Verdict == verdict.Pass || s.Verdict == verdict.Advisory
	if p.requirement == "" {
		return well
	}
	q := x.requirements[p.requirement].Verdict
	reached := judged(q) || q == verdict.Error // an error of another spec hides the verdicts of the rest
	if !slices.Contains(s.Requirements, p.requirement) || !reached {
		return false
	}
	return well || judged(s.Verdict) && q == verdict.Pass
}

// judged tells whether a verdict says anything of the server.
func judged(v verdict.Verdict) bool {
	return slices.Contains([]verdict.Verdict{verdict.Pass, verdict.Violation, verdict.Advisory, verdict.Waived}, v)
}

func (x *indexed) describe(p pair, other *indexed) Break {
	s, b := x.specs[p.spec], x.broken[p]
	described := Break{Spec: s.ID, Text: s.Text, Requirement: p.requirement, Verdict: b.Verdict,
		Other: other.specs[p.spec].Verdict, Message: verdict.Printable(b.Message), Transcript: s.Transcript}
	if q, known := x.requirements[p.requirement]; known {
		described.Reference, described.Level, described.ServerMust = q.Reference(), q.Level, q.ServerMust
	}
	return described
}
