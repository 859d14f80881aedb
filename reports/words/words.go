// Package words says what a report holds, in the words that all its readers are given.
package words

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/verdict"
)

// Line makes one line of a text that may hold anything.
func Line(s string) string { return strings.Join(strings.Fields(verdict.Printable(s)), " ") }

// Glyph tells verdicts apart without colours; all are one column wide.
func Glyph(v verdict.Verdict) string {
	switch v {
	case verdict.Pass:
		return "✓"
	case verdict.Violation:
		return "✗"
	case verdict.StaleWaiver:
		return "⊘"
	case verdict.Error:
		return "!"
	case verdict.Advisory:
		return "▲"
	case verdict.Waived:
		return "~"
	case verdict.NotRun:
		return "○"
	}
	return "·"
}

// Number counts specs with a verdict in words: "2 violations", "1 stale waiver", "3 not run".
func Number(n int, v verdict.Verdict) string {
	switch v {
	case verdict.Pass:
		return fmt.Sprintf("%d passed", n)
	case verdict.Violation:
		return Count(n, "violation")
	case verdict.StaleWaiver:
		return Count(n, "stale waiver")
	case verdict.Error:
		return Count(n, "error")
	case verdict.Advisory:
		if n != 1 {
			return fmt.Sprintf("%d advisories", n)
		}
		return "1 advisory"
	}
	return fmt.Sprintf("%d %s", n, strings.ReplaceAll(string(v), "-", " "))
}

// Count counts things in words: "1 session", "2 sessions".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Group is the specs that were held back for one reason.
type Group struct {
	Reason string
	Specs  int
}

// Reasons groups by reason, the most frequent first.
func Reasons(specs []verdict.Spec, v verdict.Verdict) []Group {
	var groups []Group
	for _, s := range specs {
		if s.Verdict != v {
			continue
		}
		reason := Line(s.Reason)
		at := slices.IndexFunc(groups, func(g Group) bool { return g.Reason == reason })
		if at < 0 {
			groups = append(groups, Group{reason, 0})
			at = len(groups) - 1
		}
		groups[at].Specs++
	}
	slices.SortStableFunc(groups, func(a, b Group) int { return cmp.Compare(b.Specs, a.Specs) })
	return groups
}

// Tallied gives the verdicts that occur, passes first.
func Tallied(counts map[verdict.Verdict]int) []verdict.Verdict {
	order := slices.DeleteFunc(verdict.All(), func(v verdict.Verdict) bool { return v == verdict.Pass || counts[v] == 0 })
	if counts[verdict.Pass] > 0 {
		return slices.Insert(order, 0, verdict.Pass)
	}
	return order
}

// Configuration says what became of the target's configuration; "" when nobody looked.
func Configuration(s verdict.State) string {
	switch {
	case len(s.LeftBehind) > 0:
		return "left behind on the target: " + strings.Join(s.LeftBehind, ", ")
	case s.RunningBefore == "":
		return ""
	case s.Restored || s.RunningBefore == s.RunningAfter:
		return "the configuration is what it was before the run"
	}
	return "the configuration differs from before the run"
}

// Word is the outcome in a word.
func Word(r *verdict.Report) string {
	switch r.Exit() {
	case verdict.ExitPass:
		return "PASS"
	case verdict.ExitViolation:
		return "FAIL"
	case verdict.ExitInterrupted:
		return "INTERRUPTED"
	case verdict.ExitUnusable:
		return "UNUSABLE"
	}
	return "ERROR"
}

// Conclusion is the outcome in a sentence.
func Conclusion(r *verdict.Report) string {
	exit := r.Exit()
	text := ""
	switch {
	case exit == verdict.ExitPass:
		text = fmt.Sprintf("%s executed, no requirement violated", Count(r.Executed(), "spec"))
	case exit == verdict.ExitUnusable:
		text = "the target could not be judged: " + r.Run.Unusable
	case exit == verdict.ExitInterrupted:
		text = "interrupted: what was not reached has no verdict"
	case exit == verdict.ExitViolation:
		text = failures(r, verdict.Violation, verdict.StaleWaiver, verdict.Error)
	case r.Summary[verdict.Error] > 0:
		text = failures(r, verdict.Error) + ": no verdict there"
	case !r.Run.Complete:
		text = "the run broke off: what was not reached has no verdict"
	default:
		text = "nothing was executed: every spec was held back or does not apply"
	}
	return text
}

func failures(r *verdict.Report, verdicts ...verdict.Verdict) string {
	var parts []string
	for _, v := range verdicts {
		if n := r.Summary[v]; n > 0 {
			parts = append(parts, Number(n, v))
		}
	}
	return strings.Join(parts, ", ")
}
