package verdict

import (
	"slices"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/ncspec/ncspec/harness/requirement"
)

const brokeOff = "the run broke off"

// Input is what Judge needs beside the spec reports.
type Input struct {
	Tool         Tool
	Target       Target
	Run          Run // Complete, Interrupted, Unusable, Exit and Strict are filled in by Judge; waivers must hold when it Started
	State        State
	Requirements []requirement.Requirement // the whole catalogue of the run
	Strict       bool                      // a SHOULD not followed is a violation
	Waivers      []Waiver
	Interrupted  bool   // the user ended the run
	CutShort     bool   // the run took longer than it may
	BrokenOff    bool   // the run ended before its last spec, as the server gave no answer any more
	Unusable     string // why the target could not be judged at all; "" when it could
}

// judge is the state of one call of Judge.
type judge struct {
	Input
	catalogue map[string]requirement.Requirement
	brokeOff  bool
	judged    []judgedSpec
	sightings map[string]sighting // by id of the waiver
}

// judgedSpec keeps the facts beside the outcome: the requirements are judged from the single demands.
type judgedSpec struct {
	facts
	Spec
}

// Judge gives the verdicts of a run. Only It nodes count as specs; another node has an entry where it failed.
func Judge(specs []types.SpecReport, in Input) *Report {
	j := &judge{Input: in, catalogue: map[string]requirement.Requirement{}, sightings: map[string]sighting{}}
	for _, q := range in.Requirements {
		j.catalogue[q.ID] = q
	}
	j.brokeOff = in.Interrupted || in.CutShort || in.BrokenOff || in.Unusable != "" || slices.ContainsFunc(specs, endsRun)
	for _, report := range specs {
		if report.LeafNodeType.Is(types.NodeTypeIt) || failed(report.State) {
			j.judged = append(j.judged, j.spec(report))
		}
	}
	return j.report()
}

func failed(state types.SpecState) bool { return state.Is(types.SpecStateFailureStates) }

// endsRun tells whether no spec could run after this one for a reason that nobody chose.
func endsRun(report types.SpecReport) bool {
	before := types.NodeTypeBeforeSuite | types.NodeTypeSynchronizedBeforeSuite
	return report.State.Is(types.SpecStateInterrupted|types.SpecStateAborted) ||
		report.LeafNodeType.Is(before) && failed(report.State)
}

func (j *judge) report() *Report {
	r := &Report{Format: Format, Tool: j.Tool, Target: j.Target, Run: j.Run, State: j.State}
	r.Target.Capabilities, r.Target.Modules = filled(r.Target.Capabilities), filled(r.Target.Modules)
	r.Run.Notes, r.State.LeftBehind = filled(r.Run.Notes), filled(r.State.LeftBehind)
	r.Target.Security = filledMap(r.Target.Security)
	r.Run.Filters, r.Run.Timing = filledMap(r.Run.Filters), filledMap(r.Run.Timing)
	r.Run.Strict, r.Run.Interrupted, r.Run.Unusable = j.Strict, j.Interrupted, j.Unusable
	r.Run.Complete = !j.brokeOff

	r.Specs = []Spec{}
	for _, s := range j.judged {
		r.Specs = append(r.Specs, s.Spec.filled())
	}
	r.Requirements = j.requirements()
	r.Specs = append(r.Specs, j.staleWaivers(r.Requirements)...)
	r.count()
	return r
}

func filledMap[V any](m map[string]V) map[string]V {
	if m == nil {
		return map[string]V{}
	}
	return m
}
