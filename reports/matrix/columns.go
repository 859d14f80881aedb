package matrix

import (
	"cmp"
	"fmt"
	"maps"
	"strings"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/compare"
	"github.com/ncspec/ncspec/reports/words"
)

func columns(reports []compare.Source) []Column {
	list := []Column{}
	for i, source := range reports {
		r := source.Report
		list = append(list, Column{Label: label(reports, i), File: source.File, Tool: r.Tool, Name: r.Target.Name, Address: r.Target.Address,
			Software: r.Target.Software, Started: r.Run.Started, Safety: r.Run.Safety, Complete: r.Run.Complete, Unusable: r.Run.Unusable,
			Exit: r.Exit(), Specs: maps.Clone(r.Summary), Requirements: map[verdict.Verdict]int{}})
		if list[i].Specs == nil {
			list[i].Specs = map[verdict.Verdict]int{}
		}
	}
	taken := map[string]bool{}
	for i := range list {
		list[i].Label = free(list[i].Label, taken)
	}
	return list
}

// label names a column: by its target; where that occurs twice by its software, or by when the run was where the server
// does not tell it or has it in both; by both where there are other targets too.
func label(reports []compare.Source, at int) string {
	r := reports[at].Report
	name := cmp.Or(words.Line(r.Target.Name), words.Line(r.Target.Address), words.Line(reports[at].File))
	var again, others, unchanged bool
	for i, other := range reports {
		same := compare.SameTarget(other.Report.Target, r.Target)
		again, others = again || same && i != at, others || !same
		unchanged = unchanged || same && i != at && other.Report.Target.Software == r.Target.Software
	}
	if !again {
		return name
	}
	version := words.Line(r.Target.Software)
	if unchanged || version == "" {
		version = strings.TrimPrefix(version+", "+r.Run.Started.UTC().Format("2006-01-02 15:04"), ", ")
	}
	if others {
		return name + ", " + version
	}
	return version
}

// free gives the label, numbered where it is taken, and takes it.
func free(label string, taken map[string]bool) string {
	unused := label
	for n := 2; taken[unused]; n++ {
		unused = fmt.Sprintf("%s (%d)", label, n)
	}
	taken[unused] = true
	return unused
}
