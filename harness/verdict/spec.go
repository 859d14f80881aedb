package verdict

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/ncspec/ncspec/harness/requirement"
)

// spec judges one spec report.
func (j *judge) spec(report types.SpecReport) judgedSpec {
	f := gather(report)
	s := Spec{
		ID: f.id, Text: f.text, Requirements: f.covers, Level: j.strongest(f.covers), Location: place(report.LeafNodeLocation),
		DurationMS: milliseconds(report.RunTime.Seconds()), Observations: f.observations, RPCs: f.rpcs, Transcript: f.transcript, Monitor: f.monitor, SeenIn: f.seen,
	}
	if !report.LeafNodeType.Is(types.NodeTypeIt) {
		s.ID, s.Text = "run/"+slug(report.LeafNodeType.String()), strings.TrimSpace(report.LeafNodeType.String()+" "+f.text)
	}
	s.ID = unused(s.ID, j.taken)
	f.id = s.ID
	s.Suite, _, _ = strings.Cut(s.ID, "/")
	s.Broken = j.broken(f)
	if unexplained(f, s.Broken) {
		f.faults = append(f.faults, fmt.Sprintf("%s (at %s)", report.Failure.Message, place(report.Failure.Location)))
	}
	for _, fault := range f.faults {
		s.Faults = append(s.Faults, clip(Printable(fault)))
	}
	s.Verdict, s.Reason = j.weigh(f, s.Broken)
	s.Message = j.evidence(s)
	s.Waiver = j.firstWaiver(f)
	return judgedSpec{f, s}
}

// unused numbers an id that occurs again: reports and waivers need them unique.
func unused(id string, taken func(id string) bool) string {
	free := id
	for n := 2; taken(free); n++ {
		free = fmt.Sprintf("%s-%d", id, n)
	}
	return free
}

func (j *judge) taken(id string) bool {
	return slices.ContainsFunc(j.judged, func(s judgedSpec) bool { return s.Spec.ID == id })
}

// weigh gives the verdict of a spec, and in one line why.
func (j *judge) weigh(f facts, broken []Broken) (Verdict, string) {
	worst := worstOf(broken)
	state := f.report.State
	switch {
	case worst == Violation:
		return Violation, "breaks " + strings.Join(names(broken, Violation), ", ") + j.unexcused(f)
	case state.Is(types.SpecStateInterrupted):
		return NotRun, brokeOff
	case len(f.faults) > 0:
		return Error, firstLine(f.faults[0])
	case state.Is(types.SpecStateSkipped | types.SpecStatePending):
		return j.skipped(f)
	case worst == Waived:
		return Waived, j.waiverReasons(f)
	case worst == Advisory:
		return Advisory, "does not follow " + strings.Join(names(broken, Advisory), ", ")
	}
	return j.passed(f)
}

// unexplained tells whether the spec failed for something that no broken demand and no fault accounts for.
func unexplained(f facts, broken []Broken) bool {
	if !f.report.State.Is(types.SpecStateFailed|types.SpecStateAborted) || len(f.faults) > 0 {
		return false
	}
	return !slices.ContainsFunc(broken, func(b Broken) bool {
		return b.Verdict != Advisory || b.Message != "" && strings.Contains(f.report.Failure.Message, b.Message)
	})
}

func (j *judge) skipped(f facts) (Verdict, string) {
	if hold, ok := f.holdOn(""); ok {
		return hold.Verdict, hold.Reason
	}
	message := f.report.Failure.Message
	switch {
	case strings.Contains(message, "an earlier spec in an ordered container failed"):
		return Error, "earlier step" // the words are Ginkgo's; what the earlier step left is unknown
	case message != "":
		return NotRun, message
	case f.report.State.Is(types.SpecStatePending):
		return NotRun, "pending"
	case j.brokeOff:
		return NotRun, brokeOff
	}
	return NotRun, "not selected (a filter or --fail-fast)"
}

// passed judges a spec in which nothing broke. A spec that owes a demand and reached none has shown nothing.
func (j *judge) passed(f facts) (Verdict, string) {
	var verdict Verdict
	var reason string
	for _, id := range f.covers {
		q, known := j.catalogue[id]
		if known && (q.Observed() || q.May()) {
			continue
		}
		hold, held := f.holdOn(id)
		if !held {
			hold = Hold{Verdict: NotRun, Reason: "no demand of this spec was reached"}
		}
		if hold.Verdict.Worse(verdict) {
			verdict, reason = hold.Verdict, hold.Reason
		}
	}
	if len(f.demands) > 0 || verdict == "" {
		return Pass, ""
	}
	return verdict, reason
}

// evidence joins everything that was found against the spec, for readers of one text.
func (j *judge) evidence(s Spec) string {
	var parts []string
	for _, b := range s.Broken {
		parts = append(parts, j.heading(b)+"\n"+b.Message)
	}
	parts = append(parts, s.Faults...)
	return strings.Join(parts, "\n\n")
}

func (j *judge) heading(b Broken) string {
	if q, known := j.catalogue[b.Requirement]; known {
		return fmt.Sprintf("%s (%s, %s): %s", q.ID, q.Level, q.Reference(), q.ServerMust)
	}
	if b.Requirement != "" {
		return b.Requirement
	}
	return "the transcript demands"
}

// strongest gives the strongest level among the requirements.
func (j *judge) strongest(ids []string) string {
	order := []string{requirement.Must, requirement.MustNot, requirement.Behaviour, requirement.Should, requirement.ShouldNot, requirement.May}
	best := len(order)
	for _, id := range ids {
		if at := slices.Index(order, j.catalogue[id].Level); at >= 0 {
			best = min(best, at)
		}
	}
	if best == len(order) {
		return ""
	}
	return order[best]
}

// names gives the broken requirements with that verdict, each once.
func names(broken []Broken, v Verdict) []string {
	var ids []string
	for _, b := range broken {
		name := b.Requirement
		if name == "" {
			name = "the transcript"
		}
		if b.Verdict == v && !slices.Contains(ids, name) {
			ids = append(ids, name)
		}
	}
	return ids
}

func worstOf(broken []Broken) Verdict {
	var worst Verdict
	for _, b := range broken {
		if b.Verdict.Worse(worst) {
			worst = b.Verdict
		}
	}
	return worst
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

func milliseconds(seconds float64) float64 { return math.Round(seconds*1e6) / 1e3 }
