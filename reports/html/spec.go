package html

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/verdict"
)

// suite is the specs of a suite.
type suite struct {
	Name  string
	Specs []spec
}

// spec is a row of the page, and what it opens.
type spec struct {
	ID, Text     string
	Level, Group string
	Suite        string
	RFCs         string // that it covers requirements of, with blanks between
	Mark         mark
	Reason       string
	Duration     string
	Location     string
	Covers       []coverLink
	Evidence     []evidence
	Faults       []string
	Message      string // where there is neither evidence nor fault
	Observations []observation
	RPCs         []timing
	Waiver       *waiver
	SeenIn       []specLink // where a monitor found what it found
	Transcript   string     // path
	Recording    string     // its id in the page; "" where the file is not there
	Where        string     // JSON, for the script: what the broken demands judged
}

// coverLink leads to a requirement that a spec covers.
type coverLink struct {
	ID, About, Demands string
	Mark               mark
}

// waiver is the waiver that applied to a spec, or that is stale.
type waiver struct{ Reason, Link, Until, Contains string }

type observation struct{ Name, Value, Legal string }

// timing is what like requests of a spec took.
type timing struct {
	Operation    string
	Times        int
	Median, Most string // milliseconds
}

func (b *builder) suites() []suite {
	var all []suite
	for _, s := range b.report.Suites() {
		shown := suite{Name: show(s.Name)}
		for _, one := range s.Specs {
			shown.Specs = append(shown.Specs, b.spec(one))
		}
		all = append(all, shown)
	}
	slices.SortStableFunc(all, func(a, b suite) int { return strings.Compare(a.Name, b.Name) })
	return all
}

func (b *builder) spec(s verdict.Spec) spec {
	row := spec{
		ID: show(s.ID), Text: show(s.Text), Level: show(s.Level), Group: show(group(s.Level)), Suite: show(s.Suite), Mark: markOf(s.Verdict),
		Reason: show(s.Reason), Duration: milliseconds(s.DurationMS), Location: show(s.Location), Faults: shown(s.Faults),
		RPCs: timings(s.RPCs), Transcript: show(s.Transcript), Recording: b.archive.name(s.Transcript), Where: where(s.Broken),
	}
	var rfcs []string
	for _, id := range s.Requirements {
		q, known := b.requirements[id]
		if !known {
			continue
		}
		row.Covers = append(row.Covers, coverLink{show(id), show(q.Reference() + ", " + q.Level), show(q.ServerMust), markOf(q.Verdict)})
		if !slices.Contains(rfcs, show(q.RFC)) {
			rfcs = append(rfcs, show(q.RFC))
		}
	}
	row.RFCs = strings.Join(rfcs, " ")
	for _, id := range s.SeenIn {
		if seen, known := b.specs[id]; known {
			row.SeenIn = append(row.SeenIn, specLink{show(id), show(seen.Text), markOf(seen.Verdict)})
		}
	}
	for _, broken := range s.Broken {
		row.Evidence = append(row.Evidence, b.evidence(s, broken))
	}
	switch {
	case len(row.Evidence)+len(row.Faults) == 0:
		row.Message = show(s.Message)
	case s.Verdict != verdict.Waived:
		row.Reason = "" // it says no more than the evidence
	}
	for _, o := range s.Observations {
		row.Observations = append(row.Observations, observation{show(o.Name), show(fmt.Sprint(o.Value)), show(strings.Join(o.Legal, ", "))})
	}
	if s.Waiver != nil {
		row.Waiver = &waiver{show(s.Waiver.Reason), show(s.Waiver.Link), show(s.Waiver.Until), show(s.Waiver.Contains)}
	}
	return row
}

// timings groups requests by operation, in order of first appearance.
func timings(rpcs []verdict.RPC) []timing {
	var names []string
	taken := map[string][]float64{}
	for _, r := range rpcs {
		if taken[r.Operation] == nil {
			names = append(names, r.Operation)
		}
		taken[r.Operation] = append(taken[r.Operation], r.Milliseconds)
	}
	var all []timing
	for _, name := range names {
		ms := taken[name]
		slices.Sort(ms)
		all = append(all, timing{show(name), len(ms), milliseconds(ms[len(ms)/2]), milliseconds(ms[len(ms)-1])})
	}
	return all
}

// milliseconds writes a duration as people read it: two or three digits that count.
func milliseconds(ms float64) string {
	switch {
	case ms >= 10_000:
		return fmt.Sprintf("%.1f s", ms/1000)
	case ms >= 1_000:
		return fmt.Sprintf("%.2f s", ms/1000)
	case ms >= 100:
		return fmt.Sprintf("%.0f ms", ms)
	case ms >= 10:
		return fmt.Sprintf("%.1f ms", ms)
	}
	return fmt.Sprintf("%.2f ms", ms)
}

// place is what the script needs to find what a demand judged.
type place struct {
	Requirement string `json:"requirement"`
	*verdict.Where
}

// where gives the places of the broken demands as JSON, "" for none.
func where(broken []verdict.Broken) string {
	var places []place
	for _, b := range broken {
		if b.Where != nil {
			places = append(places, place{b.Requirement, b.Where})
		}
	}
	if len(places) == 0 {
		return ""
	}
	text, err := json.Marshal(places)
	if err != nil {
		return "" // a time that is no number: JSON has none for it
	}
	return string(text)
}
