package html

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/ncspec/ncspec/harness/verdict"
)

// headline is the outcome of the run at a glance.
type headline struct {
	Mark  mark   // the look of the outcome
	Word  string // PASS, FAIL, …
	Text  string // in a sentence
	Exit  int
	Worst []pointer // what a reader has to act on, at most mostPointers
	More  int       // how many there are beyond
	All   template.URL
}

// pointer leads from the first screen to a requirement or a spec.
type pointer struct {
	Mark  mark
	ID    string
	About string // such as "RFC 6241 §7.5, MUST"
	Text  string
}

const mostPointers = 6

func newHeadline(r *verdict.Report) headline {
	h := headline{Exit: r.Exit(), All: only("verdict", "violation,stale-waiver,error")}
	switch h.Exit {
	case verdict.ExitPass:
		h.Word, h.Mark = "PASS", markOf(verdict.Pass)
	case verdict.ExitViolation:
		h.Word, h.Mark = "FAIL", markOf(verdict.Violation)
	case verdict.ExitInterrupted:
		h.Word, h.Mark = "INTERRUPTED", markOf(verdict.Error)
	case verdict.ExitUnusable:
		h.Word, h.Mark = "UNUSABLE", markOf(verdict.Error)
	default:
		h.Word, h.Mark = "ERROR", markOf(verdict.Error)
	}
	h.Text = show(conclusion(r))
	all := pointers(r)
	h.Worst = all[:min(len(all), mostPointers)]
	h.More = len(all) - len(h.Worst)
	return h
}

// conclusion is the outcome in a sentence.
func conclusion(r *verdict.Report) string {
	broken := 0
	for _, q := range r.Requirements {
		if q.Verdict == verdict.Violation {
			broken++
		}
	}
	var parts []string
	switch exit := r.Exit(); {
	case exit == verdict.ExitUnusable:
		return "The target could not be judged: " + r.Run.Unusable
	case exit == verdict.ExitPass:
		return fmt.Sprintf("No requirement violated in %s.", count(r.Executed(), "spec"))
	case broken > 0:
		parts = append(parts, count(broken, "requirement")+" violated")
	case r.Summary[verdict.Violation] > 0:
		parts = append(parts, count(r.Summary[verdict.Violation], "spec")+" failed")
	}
	if n := r.Summary[verdict.StaleWaiver]; n > 0 {
		parts = append(parts, count(n, "stale waiver"))
	}
	if n := r.Summary[verdict.Error]; n > 0 {
		parts = append(parts, count(n, "spec")+" without a verdict because of an error")
	}
	if len(parts) == 0 && r.Executed() == 0 {
		parts = append(parts, "nothing was executed")
	}
	if !r.Run.Complete {
		parts = append(parts, "the run broke off")
	}
	text := strings.Join(parts, ", ") + "."
	return strings.ToUpper(text[:1]) + text[1:]
}

// pointers gives what fails the run, the worst first: requirements that are violated, and specs that no such requirement
// leads to.
func pointers(r *verdict.Report) []pointer {
	var all []pointer
	led := map[string]bool{}
	for _, q := range r.Requirements {
		if q.Verdict != verdict.Violation {
			continue
		}
		for _, id := range q.Specs {
			led[id] = true
		}
		all = append(all, pointer{markOf(q.Verdict), show(q.ID), show(q.Reference() + ", " + q.Level), show(q.ServerMust)})
	}
	for _, v := range []verdict.Verdict{verdict.Violation, verdict.StaleWaiver, verdict.Error} {
		for _, s := range r.Specs {
			if s.Verdict == v && !led[s.ID] && !follows(s) {
				all = append(all, pointer{markOf(v), show(s.ID), markOf(v).Word, show(brief(s))})
			}
		}
	}
	return all
}

// follows tells whether a spec has no verdict because a step before it failed, which the list has.
func follows(s verdict.Spec) bool {
	return s.Verdict == verdict.Error && strings.HasPrefix(s.Reason, "earlier step")
}

// brief is a spec's reason, or what it is about.
func brief(s verdict.Spec) string {
	if s.Reason != "" {
		return s.Reason
	}
	return s.Text
}
