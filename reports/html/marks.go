package html

import (
	"fmt"

	"github.com/ncspec/ncspec/harness/verdict"
)

// mark is how a verdict looks: a word, and a shape of its own, so that nobody has to tell verdicts by colour alone. The
// shapes are symbols in page/marks.tmpl.
type mark struct {
	Verdict string // as in report.json; also the name of the shape and of the style
	Word    string // in tables and legends
	Means   string
}

func marks() []mark {
	return []mark{
		{string(verdict.Violation), "violation", "a MUST or a plain definition is broken"},
		{string(verdict.StaleWaiver), "stale waiver", "a waiver whose violation no longer occurs, or that names nothing"},
		{string(verdict.Error), "error", "no verdict: the setup, the environment or ncspec itself failed"},
		{string(verdict.Waived), "waived", "a violation that a waiver expects"},
		{string(verdict.Advisory), "advisory", "a SHOULD is not followed"},
		{string(verdict.Pass), "pass", "observed, as demanded"},
		{string(verdict.NotRun), "not run", "held back, for the reason given"},
		{string(verdict.NotApplicable), "not applicable", "the server does not claim what it takes"},
	}
}

// markOf gives the look of a verdict; one that this program does not know looks like an error.
func markOf(v verdict.Verdict) mark {
	for _, m := range marks() {
		if m.Verdict == string(v) {
			return m
		}
	}
	return mark{string(verdict.Error), show(string(v)), "a verdict that this version of ncspec does not know"}
}

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
