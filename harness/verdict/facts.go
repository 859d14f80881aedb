package verdict

import (
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2/types"
)

// facts is what one Ginkgo spec report holds for us.
type facts struct {
	report       types.SpecReport
	id, text     string
	covers       []string
	demands      []Demand
	observations []Observation
	holds        []Hold
	faults       []string
	rpcs         []RPC
	transcript   string
	monitor      bool
	seen         []string
}

func gather(report types.SpecReport) facts {
	f := facts{report: report}
	f.id, f.text = identify(report)
	for _, label := range report.Labels() {
		if strings.HasPrefix(label, "rfc") {
			f.covers = append(f.covers, label)
		}
		f.monitor = f.monitor || label == MonitorLabel
	}
	for _, entry := range report.ReportEntries {
		f.take(entry.GetRawValue())
	}
	f.faults = append(f.faults, breakdowns(report)...)
	return f
}

func (f *facts) take(value any) {
	switch v := value.(type) {
	case Demand:
		if v.Held || f.mayAccuse() {
			f.demands = append(f.demands, v)
		}
	case Observation:
		f.observations = append(f.observations, v)
	case Hold:
		f.holds = append(f.holds, v)
	case Fault:
		f.faults = append(f.faults, v.Message)
	case RPC:
		f.rpcs = append(f.rpcs, v)
	case Seen:
		f.seen = append(f.seen, v.Specs...)
	case Recorded:
		f.transcript = v.Path
	}
}

// mayAccuse tells whether a broken demand is the server's doing. What breaks after a fault may be the fault's work.
// A broken MUST ends its spec as failed: where the spec ended otherwise first, the panic, the time limit or the
// interrupt may have broken it.
func (f *facts) mayAccuse() bool {
	cutShort := types.SpecStatePanicked | types.SpecStateTimedout | types.SpecStateInterrupted
	return len(f.faults) == 0 && !f.report.State.Is(cutShort)
}

// topics are the containers around a spec, without those that say no more than its id does: the root and the suite.
func topics(containers []string, id string) []string {
	suite, _, _ := strings.Cut(id, "/")
	if len(containers) > 0 && containers[0] == "ncspec" {
		containers = containers[1:]
	}
	if len(containers) > 0 && containers[0] == suite {
		containers = containers[1:]
	}
	return slices.Clone(containers)
}

// identify gives the spec's id and its text without the id. The id stands in an id label or, since Ginkgo allows
// no slash in labels, at the front of the node's text.
func identify(report types.SpecReport) (id, text string) {
	leaf := report.LeafNodeText
	for _, label := range report.Labels() {
		if labelled, ok := strings.CutPrefix(label, "id:"); ok {
			id = labelled
		}
	}
	first, rest, _ := strings.Cut(leaf, " ")
	if first == id || id == "" && strings.Contains(first, "/") {
		id, leaf = first, rest
	}
	if id == "" {
		id = "unnamed/" + slug(leaf)
	}
	texts := slices.DeleteFunc(append(topics(report.ContainerHierarchyTexts, id), leaf),
		func(s string) bool { return strings.TrimSpace(s) == "" })
	return id, strings.Join(texts, ": ")
}

func slug(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "-")
}

// breakdowns gives what went wrong in the spec's own code: panics and time limits, also those in a clean-up after
// the first failure.
func breakdowns(report types.SpecReport) []string {
	var all []string
	if what := breakdown(report.State, report.Failure); what != "" {
		all = append(all, what)
	}
	for _, more := range report.AdditionalFailures {
		if what := breakdown(more.State, more.Failure); what != "" {
			all = append(all, what)
		}
	}
	return all
}

func breakdown(state types.SpecState, failure types.Failure) string {
	switch state {
	case types.SpecStatePanicked:
		lines := []string{"the spec panicked: " + failure.ForwardedPanic}
		for _, frame := range trace(failure.Location.FullStackTrace) {
			lines = append(lines, "  at "+frame)
		}
		return strings.Join(lines, "\n")
	case types.SpecStateTimedout:
		return "the spec ran out of time: " + failure.Message + " (at " + place(failure.Location) + ")"
	}
	return ""
}

// holdOn returns what holds back a requirement, or the whole spec where id is "".
func (f *facts) holdOn(id string) (Hold, bool) {
	for _, h := range f.holds {
		if h.Requirement == id {
			return h, true
		}
	}
	return Hold{}, false
}

func (f *facts) demanded(id string) bool {
	return slices.ContainsFunc(f.demands, func(d Demand) bool { return d.Requirement == id })
}
