// Package verdict turns what a run left in Ginkgo's spec reports into verdicts: one per spec, one per requirement,
// and the exit code of the run. It also holds the report that all writers under reports/ read, and the waivers.
package verdict

import "slices"

// Verdict is what a spec or a requirement ends with.
type Verdict string

const (
	Pass          Verdict = "pass"           // observed, as demanded
	Violation     Verdict = "violation"      // a MUST or a plain definition broken; with --strict a SHOULD too
	Advisory      Verdict = "advisory"       // a SHOULD not followed
	Error         Verdict = "error"          // no verdict: setup, environment or the harness itself
	NotApplicable Verdict = "not-applicable" // the server does not claim what it takes
	NotRun        Verdict = "not-run"        // held back, and the reason says by what
	Waived        Verdict = "waived"         // a violation that a waiver expects, and that did occur
	StaleWaiver   Verdict = "stale-waiver"   // a waiver whose violation no longer occurs, or that names nothing
)

// All returns every verdict, the worst first.
func All() []Verdict {
	return []Verdict{Violation, StaleWaiver, Error, Waived, Advisory, Pass, NotRun, NotApplicable}
}

// Worse tells whether v outweighs than where both were found for one thing. A pass outweighs not-run and
// not-applicable: what one spec saw is not undone by another that was held back.
func (v Verdict) Worse(than Verdict) bool {
	return v.weight() > than.weight()
}

// weight is 0 for the zero value, so that any verdict outweighs none.
func (v Verdict) weight() int {
	order := All()
	at := slices.Index(order, v)
	if at < 0 {
		return 0
	}
	return len(order) - at
}

// executed tells whether the server was put to the test at all.
func (v Verdict) executed() bool {
	return slices.Contains([]Verdict{Pass, Violation, Advisory, Error, Waived}, v)
}
