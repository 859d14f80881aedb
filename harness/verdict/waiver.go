package verdict

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/effect"
)

// Waiver is a known violation, with a reason. It is checked in both directions: a violation that it expects is
// waived, and one that no longer occurs makes the waiver stale. It never hides an error.
type Waiver struct {
	ID     string `json:"id"`     // of a spec or of a requirement
	Reason string `json:"reason"` // for people; never empty
}

// waiversFor gives the waivers that expect a demand of that requirement to break in that spec.
func (j *judge) waiversFor(f facts, requirement string) []Waiver {
	var list []Waiver
	for _, w := range j.Waivers {
		if w.ID == f.id || w.ID == requirement {
			list = append(list, w)
		}
	}
	return list
}

// applied gives the waivers that expect what broke in the spec.
func (j *judge) applied(f facts) []Waiver {
	var list []Waiver
	for _, d := range f.demands {
		if v := j.amounts(f, d); v != Waived && v != Advisory {
			continue
		}
		for _, w := range j.waiversFor(f, d.Requirement) {
			if !slices.Contains(list, w) {
				list = append(list, w)
			}
		}
	}
	return list
}

func (j *judge) firstWaiver(f facts) *Waiver {
	list := j.applied(f)
	if len(list) == 0 {
		return nil
	}
	return &list[0]
}

func (j *judge) waiverReasons(f facts) string {
	var reasons []string
	for _, w := range j.applied(f) {
		reasons = append(reasons, w.Reason)
	}
	return strings.Join(reasons, "; ")
}

// staleWaivers gives an entry for each waiver whose violation could have occurred and did not, or that names
// nothing. A waiver whose spec did not run, or ended in an error, says nothing yet.
func (j *judge) staleWaivers(requirements []Requirement) []Spec {
	if j.Unusable != "" {
		return nil
	}
	var stale []Spec
	for _, w := range j.Waivers {
		if j.occurred[w.ID] {
			continue
		}
		verdict, known := j.verdictOf(w.ID, requirements)
		switch {
		case !known:
			stale = append(stale, staleWaiver(w, "names no spec of this run and no requirement"))
		case verdict == Pass && !j.unseen(w.ID):
			stale = append(stale, staleWaiver(w, "its violation no longer occurs"))
		}
	}
	return stale
}

// unseen tells whether a spec or a requirement may have passed for want of what it is about: a monitor judges what other
// specs make the server send, and the filters or a careful safety level have held some of those back.
func (j *judge) unseen(id string) bool {
	careful := j.Run.Safety == string(effect.ReadOnly) || j.Run.Safety == string(effect.Careful)
	return (careful || len(j.Run.Filters) > 0) && slices.ContainsFunc(j.judged, func(s judgedSpec) bool {
		return s.monitor && (s.Spec.ID == id || slices.Contains(s.covers, id))
	})
}

func (j *judge) verdictOf(id string, requirements []Requirement) (v Verdict, known bool) {
	for _, s := range j.judged {
		if s.Spec.ID == id {
			return s.Verdict, true
		}
	}
	for _, r := range requirements {
		if r.ID == id {
			return r.Verdict, true
		}
	}
	return "", false
}

func staleWaiver(w Waiver, why string) Spec {
	return Spec{
		ID: "waiver/" + w.ID, Suite: "waiver", Text: "the waiver for " + w.ID, Verdict: StaleWaiver, Reason: why, Waiver: &w,
		Message: fmt.Sprintf("The waiver for %s is stale: %s.\nIts reason was: %s\nTake it out of the waivers file, or correct its id.",
			w.ID, why, w.Reason),
	}.filled()
}
