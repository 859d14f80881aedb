package verdict

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"

	"github.com/ncspec/ncspec/harness/effect"
)

// staleWaivers gives an entry for each waiver that is not right any more. A waiver whose spec did not run, or ended in an
// error, says nothing yet.
func (j *judge) staleWaivers(requirements []Requirement) []Spec {
	if j.Unusable != "" {
		return nil
	}
	var stale []Spec
	for _, w := range j.Waivers {
		if why, do := j.stale(w, requirements); why != "" {
			stale = append(stale, staleWaiver(w, why, do))
		}
	}
	return stale
}

// stale says why a waiver is not right any more, and what to do about it; "" for one that is.
func (j *judge) stale(w Waiver, requirements []Requirement) (why, do string) {
	verdict, known := j.verdictOf(w.ID, requirements)
	seen := j.sightings[w.ID]
	expired := w.Expired(j.Run.Started) && (verdict.executed() || seen != sighting{})
	switch {
	case !known:
		return "names no spec of this run and no requirement", "Take it out of the waivers file, or correct its id."
	case expired && seen.expected:
		return "is out of date: it held through " + w.Until + ", and its violation still occurs",
			"Mend the server, or give the waiver a later date."
	case expired:
		return "is out of date: it held through " + w.Until, "Take it out of the waivers file."
	case seen.expected:
	case seen.another:
		return fmt.Sprintf("expects another failure: nothing that was found contains %q", w.Contains),
			"Look at what is found now; then correct what the failure must contain, or take the waiver out of the file."
	case verdict == Pass && !j.unseen(w.ID):
		return "its violation no longer occurs", "Take it out of the waivers file."
	}
	return "", ""
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

// place is where the waiver stands, without a path of this machine.
func (w Waiver) place() string {
	if w.At == "" {
		return ""
	}
	return path.Base(filepath.ToSlash(w.At))
}

func staleWaiver(w Waiver, why, do string) Spec {
	return Spec{
		ID: "waiver/" + w.ID, Suite: "waiver", Text: "the waiver for " + w.ID, Verdict: StaleWaiver, Reason: why, Waiver: &w,
		Location: w.place(),
		Message:  fmt.Sprintf("The waiver for %s is stale: %s.\nIts reason was: %s\n%s", w.ID, why, w.Reason, do),
	}.filled()
}
