package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/requirement"
	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/suites"
	"github.com/ncspec/ncspec/suites/pool"
)

// trial is what became of one defect.
type trial struct {
	Caught  []catch
	Gaps    []string
	Again   []string // gaps of the first attempt, where there was a second
	Seconds float64
}

// catch is a requirement that a defect breaks, and the spec that noticed.
type catch struct{ Requirement, Spec string }

// tell says how it went while others are still being tried.
func (t trial) tell(name string, done, total int) {
	for _, gap := range t.Again {
		fmt.Printf("once more: %s\n", firstLine(gap))
	}
	fmt.Printf("%3d/%d %-60s %6.1f s  %d caught  %d gaps\n", done, total, name, t.Seconds, len(t.Caught), len(t.Gaps))
	for _, gap := range t.Gaps {
		fmt.Printf("gap: %s\n", firstLine(gap))
	}
}

// lab tries defects, one after the other.
type lab struct {
	full      bool
	specs     []dsl.Authored
	catalogue *requirement.Catalogue
}

// work tries the defects that standard input names.
func work(ctx context.Context, full bool) error {
	specs, catalogue, err := suites.List(suites.Options{})
	if err != nil {
		return err
	}
	l := &lab{full, specs, catalogue}
	return pool.Work(ctx, os.Stdin, os.Stdout, l.tryTwice)
}

// tryTwice tries a defect, and once more where that shows a gap: the reference server's grace is short, and a machine
// that is busy for a moment makes a slow answer look like silence. What shows both times is a gap.
func (l *lab) tryTwice(ctx context.Context, name string) (trial, error) {
	began := time.Now()
	t, err := l.try(ctx, name)
	if err == nil && len(t.Gaps) > 0 {
		first := t.Gaps
		t, err = l.try(ctx, name)
		t.Again = first
	}
	if err != nil {
		return t, fmt.Errorf("trying the defect %s: %w", name, err)
	}
	t.Seconds = time.Since(began).Seconds()
	return t, nil
}

// try runs the specs that should notice the defect.
func (l *lab) try(ctx context.Context, name string) (trial, error) {
	d, err := defect(name)
	if err != nil {
		return trial{}, err
	}
	if !slices.ContainsFunc(l.specs, func(spec dsl.Authored) bool { return judges(spec, d) }) {
		return trial{Gaps: []string{fmt.Sprintf("%s breaks what no spec covers: %s", d.Name, strings.Join(d.Breaks, ", "))}}, nil
	}
	o := suites.Options{Profile: d.Profile, Transport: d.Transport, Defects: []string{d.Name}, Safety: effect.Disruptive, Slow: l.slow(d.Breaks), Seed: 1}
	if l.full {
		o.Skip = l.patient(d)
	} else {
		o.Specs = l.concerned(d)
	}
	report, err := suites.Run(ctx, o)
	if err != nil {
		return trial{}, err
	}
	var t trial
	for _, id := range d.Breaks {
		t.expect(d, id, report)
	}
	t.collateral(d, report)
	return t, nil
}

func defect(name string) (reference.Defect, error) {
	all := reference.Defects()
	at := slices.IndexFunc(all, func(d reference.Defect) bool { return d.Name == name })
	if at < 0 {
		return reference.Defect{}, fmt.Errorf("there is no defect %q: see ncspec list --defects", name)
	}
	return all[at], nil
}

// slow tells whether one of the requirements takes specs that wait long: those that need not run do not.
func (l *lab) slow(ids []string) bool {
	return slices.ContainsFunc(ids, func(id string) bool {
		q, _ := l.catalogue.Get(id)
		return q.Wait() > dsl.SlowFrom
	})
}

// patient are the specs that wait long, and not for what the defect breaks.
func (l *lab) patient(d reference.Defect) []string {
	var ids []string
	for _, spec := range l.specs {
		if l.slow(spec.Covers) && !judges(spec, d) {
			ids = append(ids, spec.ID)
		}
	}
	return ids
}

// concerned are the specs of the requirements that a defect breaks, and all monitors. A monitor that is asked for gets
// something to look at: the specs of its own suite, and the suites that are quick and ask for everything once.
func (l *lab) concerned(d reference.Defect) []string {
	watched := map[string]bool{}
	for _, spec := range l.specs {
		if spec.Monitor && judges(spec, d) {
			watched["rpc"], watched["lock"], watched["session"] = true, true, true
			watched[suiteOf(spec.ID)] = true
		}
	}
	var ids []string
	for _, spec := range l.specs {
		if spec.Monitor || judges(spec, d) || watched[suiteOf(spec.ID)] && !l.floods(spec) {
			ids = append(ids, spec.ID)
		}
	}
	return ids
}

func suiteOf(id string) string {
	suite, _, _ := strings.Cut(id, "/")
	return suite
}

// judges tells whether a spec covers a requirement that the defect breaks.
func judges(spec dsl.Authored, d reference.Defect) bool {
	return slices.ContainsFunc(spec.Covers, func(id string) bool { return slices.Contains(d.Breaks, id) })
}

// floods tells whether a spec may disturb the server as a whole: such specs are slow, and show monitors nothing more.
func (l *lab) floods(spec dsl.Authored) bool {
	return slices.ContainsFunc(spec.Covers, func(id string) bool {
		q, _ := l.catalogue.Get(id)
		return q.Touches == effect.Server.String()
	})
}

// expect holds the requirement's verdict against the defect.
func (t *trial) expect(d reference.Defect, id string, report *verdict.Report) {
	q, known := report.Requirement(id)
	if !known {
		t.gap("%s breaks %s, which no suite has", d.Name, id)
		return
	}
	if q.Verdict != verdict.Violation && q.Verdict != verdict.Advisory {
		t.gap("%s is not caught by %s: %s (%s)%s", d.Name, id, q.Verdict, q.Reason, why(report))
		return
	}
	for _, spec := range report.Specs {
		if slices.ContainsFunc(spec.Broken, func(b verdict.Broken) bool { return b.Requirement == id }) {
			t.Caught = append(t.Caught, catch{id, spec.ID})
		}
	}
}

// collateral finds the requirements that a defect breaks without saying so.
func (t *trial) collateral(d reference.Defect, report *verdict.Report) {
	for _, q := range report.Requirements {
		if q.Verdict != verdict.Violation && q.Verdict != verdict.Advisory {
			continue
		}
		if !slices.Contains(d.Breaks, q.ID) && !slices.Contains(d.Follows, q.ID) {
			t.gap("%s breaks %s too, and does not say so%s", d.Name, q.ID, where(q.ID, report))
		}
	}
}

// where names the specs that found a requirement broken, and what they say.
func where(id string, report *verdict.Report) string {
	text := ""
	for _, spec := range report.Specs {
		for _, b := range spec.Broken {
			if b.Requirement == id {
				text += fmt.Sprintf("; %s: %s", spec.ID, firstLine(b.Message))
			}
		}
	}
	return text
}

// why says what went wrong that is not the server's.
func why(report *verdict.Report) string {
	text := ""
	if report.Run.Unusable != "" {
		return "; target unusable: " + report.Run.Unusable
	}
	for _, spec := range report.Specs {
		if spec.Verdict == verdict.Error {
			text += fmt.Sprintf("; %s: %s", spec.ID, firstLine(spec.Message))
		}
	}
	return text
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

func (t *trial) gap(format string, args ...any) {
	t.Gaps = append(t.Gaps, fmt.Sprintf(format, args...))
}
