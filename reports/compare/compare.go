package compare

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/verdict"
)

// Source is a report and the file that it came from.
type Source struct {
	File   string
	Report *verdict.Report
}

// Compare says what changed from the old report to the new one.
func Compare(old, fresh Source) *Comparison {
	c := &Comparison{Format: Format, Old: side(old), New: side(fresh), Notes: notes(old, fresh)}
	o, n := index(old.Report), index(fresh.Report)
	o.partial, n.partial = narrower(old.Report.Run, fresh.Report.Run), narrower(fresh.Report.Run, old.Report.Run)
	if fresh.Report.Run.Unusable == "" {
		c.breaks(o, n)
		c.verdicts(o, n)
		c.applicability(o, n)
		c.Capabilities, c.Modules = capabilities(o.target, n.target), modules(o.target, n.target)
		c.Choices = choices(o, n)
		c.ResponseTimes = times(o, n)
		c.Specs = Specs{New: only(n, o), Gone: only(o, n)}
	}
	c.Regression = c.New.Judged == 0 && c.Old.Judged > 0 || len(c.Verdicts.Lost) > 0 ||
		slices.ContainsFunc(c.Violations.Gained, func(b Break) bool { return b.Verdict == verdict.Violation })
	c.fill()
	return c
}

func side(s Source) Side {
	r := s.Report
	return Side{File: s.File, Tool: r.Tool, Name: r.Target.Name, Address: r.Target.Address, Software: r.Target.Software,
		Started: r.Run.Started, Safety: r.Run.Safety, Complete: r.Run.Complete, Unusable: r.Run.Unusable, Judged: r.Executed(), Summary: r.Summary}
}

// notes says what keeps the two runs from being like each other.
func notes(old, fresh Source) []string {
	o, n := old.Report, fresh.Report
	var all []string
	differs := func(what, before, after string) {
		if before != after {
			all = append(all, fmt.Sprintf("The runs differ in %s: %s before, %s now.", what, orNone(before), orNone(after)))
		}
	}
	if !SameTarget(o.Target, n.Target) {
		all = append(all, fmt.Sprintf("The targets differ: %s before, %s now.", Name(o.Target), Name(n.Target)))
	}
	if n.Run.Started.Before(o.Run.Started) {
		all = append(all, "The old run is the later one: are the two reports swapped?")
	}
	for _, s := range []Source{old, fresh} {
		if s.Report.Run.Unusable == "" && !s.Report.Run.Complete {
			all = append(all, fmt.Sprintf("The run of %s broke off: what it did not reach has no verdict.", s.File))
		}
	}
	differs("the version of ncspec", o.Tool.Version, n.Tool.Version)
	differs("--safety", o.Run.Safety, n.Run.Safety)
	differs("--strict", fmt.Sprint(o.Run.Strict), fmt.Sprint(n.Run.Strict))
	differs("their filters", filters(o.Run.Filters), filters(n.Run.Filters))
	return all
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func filters(all map[string][]string) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		values := slices.Sorted(slices.Values(all[name]))
		if more := len(values) - 3; more > 0 {
			values = append(values[:3], fmt.Sprintf("%d more", more))
		}
		parts = append(parts, "--"+name+" "+strings.Join(values, ", "))
	}
	return strings.Join(parts, "; ")
}

// indexed is a report that is looked things up in.
type indexed struct {
	target       verdict.Target
	complete     bool
	partial      bool // its monitors have had less to look at than those of the other run
	specs        map[string]verdict.Spec
	requirements map[string]verdict.Requirement
	order        []string // ids of the requirements as the report has them
	broken       map[pair]verdict.Broken
}

// narrower tells whether a run has sent less than the other one, because it was told to.
func narrower(run, other verdict.Run) bool {
	levels := []effect.Safety{effect.ReadOnly, effect.Careful, effect.Normal, effect.Disruptive}
	careful := slices.Index(levels, effect.Safety(run.Safety)) < slices.Index(levels, effect.Safety(other.Safety))
	return careful || len(run.Filters) > 0 && filters(run.Filters) != filters(other.Filters)
}

// pair is a requirement in a spec; of several ways to break it the worst counts.
type pair struct{ spec, requirement string }

func index(r *verdict.Report) *indexed {
	x := &indexed{target: r.Target, complete: r.Run.Complete, specs: map[string]verdict.Spec{},
		requirements: map[string]verdict.Requirement{}, broken: map[pair]verdict.Broken{}}
	for _, q := range r.Requirements {
		x.requirements[q.ID] = q
		x.order = append(x.order, q.ID)
	}
	for _, s := range r.Specs {
		if s.Suite == "waiver" {
			continue // what a waiver says is no change of the server
		}
		x.specs[s.ID] = s
		for _, b := range s.Broken {
			p := pair{s.ID, b.Requirement}
			if known, ok := x.broken[p]; !ok || b.Verdict.Worse(known.Verdict) {
				x.broken[p] = b
			}
		}
	}
	return x
}

// pairs are those broken, in order.
func (x *indexed) pairs() []pair {
	return slices.SortedFunc(maps.Keys(x.broken), func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.spec, b.spec), cmp.Compare(a.requirement, b.requirement))
	})
}

func (x *indexed) ids() []string { return slices.Sorted(maps.Keys(x.specs)) }

// only gives the specs of a that b lacks. What failed outside of a spec is none.
func only(a, b *indexed) []SpecInOne {
	var list []SpecInOne
	for _, id := range a.ids() {
		s := a.specs[id]
		if _, both := b.specs[id]; !both && s.Suite != "run" {
			list = append(list, SpecInOne{ID: s.ID, Text: s.Text, Verdict: s.Verdict})
		}
	}
	return list
}

// fill puts empty lists in place of nil ones.
func (c *Comparison) fill() {
	fill(&c.Notes)
	fill(&c.Violations.Gained)
	fill(&c.Violations.FirstSeen)
	fill(&c.Violations.Lost)
	fill(&c.Advisories.Gained)
	fill(&c.Advisories.Lost)
	fill(&c.Verdicts.Lost)
	fill(&c.Verdicts.Changed)
	fill(&c.Applicability.Gained)
	fill(&c.Applicability.Lost)
	for _, claims := range []*Claims{&c.Capabilities, &c.Modules} {
		fill(&claims.Added)
		fill(&claims.Removed)
		fill(&claims.Changed)
	}
	fill(&c.Choices)
	fill(&c.ResponseTimes)
	fill(&c.Specs.New)
	fill(&c.Specs.Gone)
}

func fill[T any](list *[]T) {
	if *list == nil {
		*list = []T{}
	}
}
