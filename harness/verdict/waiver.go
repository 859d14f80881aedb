package verdict

import (
	"slices"
	"strings"
	"time"
)

// Waiver is a known violation, with a reason. It is checked in both directions: a violation that it expects is
// waived, and one that no longer occurs makes the waiver stale. It never hides an error.
type Waiver struct {
	ID       string `json:"id"`                 // of a spec or of a requirement
	Reason   string `json:"reason"`             // for people; never empty
	Link     string `json:"link,omitempty"`     // where it is followed up: an http or https URL; "" for none
	Until    string `json:"until,omitempty"`    // the last day on which it holds, YYYY-MM-DD, in UTC; "" for ever
	Contains string `json:"contains,omitempty"` // what the failure must contain, white space aside; "" for any failure

	At string `json:"-"` // file:line:column where it stands; "" where it comes from no file
}

// Waives tells whether the waiver excuses what a spec has found to break a requirement, at that time.
func (w Waiver) Waives(spec, requirement, found string, at time.Time) bool {
	return w.names(spec, requirement) && w.recognises(found) && !w.Expired(at)
}

// Expired tells whether the last day of the waiver is over at that time.
func (w Waiver) Expired(at time.Time) bool {
	return w.Until != "" && at.UTC().Format(time.DateOnly) > w.Until
}

func (w Waiver) names(spec, requirement string) bool { return w.ID == spec || w.ID == requirement }

// recognises tells whether what was found is what the waiver expects. Texts are copied from where their lines were
// broken, so white space does not count.
func (w Waiver) recognises(found string) bool {
	return strings.Contains(oneLine(Printable(found)), oneLine(w.Contains))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// sighting is what became of a waiver in the run.
type sighting struct {
	expected bool // a violation occurred that it expects
	another  bool // one occurred where it expects one, and it is not the one expected
}

// excused tells whether a waiver excuses a broken demand, and notes for each what it had to do with it.
func (j *judge) excused(f facts, d Demand) bool {
	excused := false
	for _, w := range j.Waivers {
		if !w.names(f.id, d.Requirement) {
			continue
		}
		seen := j.sightings[w.ID]
		if w.recognises(d.Message) {
			seen.expected = true
		} else {
			seen.another = true
		}
		j.sightings[w.ID] = seen
		excused = excused || j.waives(w, f, d)
	}
	return excused
}

func (j *judge) waives(w Waiver, f facts, d Demand) bool {
	return w.Waives(f.id, d.Requirement, d.Message, j.Run.Started)
}

// applied gives the waivers that excuse what broke in the spec.
func (j *judge) applied(f facts) []Waiver {
	var list []Waiver
	for _, d := range f.demands {
		if v := j.amounts(f, d); v != Waived && v != Advisory {
			continue
		}
		for _, w := range j.Waivers {
			if j.waives(w, f, d) && !slices.Contains(list, w) {
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

// unexcused says of the violations of a spec why a waiver that names them does not excuse them; "" where none does.
func (j *judge) unexcused(f facts) string {
	for _, d := range f.demands {
		if j.amounts(f, d) != Violation {
			continue
		}
		for _, w := range j.Waivers {
			switch {
			case !w.names(f.id, d.Requirement):
			case !w.recognises(d.Message):
				return "; not as the waiver for " + w.ID + " has it"
			case w.Expired(j.Run.Started):
				return "; the waiver for " + w.ID + " held through " + w.Until
			}
		}
	}
	return ""
}
