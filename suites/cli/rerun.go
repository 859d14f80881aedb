package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/suites"
)

// rerun is the report whose failures are to be run again.
type rerun struct{ earlier }

// nothingFailed is the error of a report in which nothing failed: nothing executed is no success.
type nothingFailed struct{ text string }

// Error says what can be done instead.
func (n *nothingFailed) Error() string { return n.text }

// choose fills in the specs to run, and the notes on what is left out.
func (r *rerun) choose(o *suites.Options) error {
	if err := r.judged(); err != nil {
		return err
	}
	specs, _, err := suites.List(suites.Options{Transcripts: o.Transcripts})
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, s := range specs {
		known[s.ID] = true
	}
	chosen := choice{report: r.report, known: known}
	chosen.choose()
	if chosen.failed == 0 {
		return &nothingFailed{fmt.Sprintf("nothing failed in %s, so there is nothing to run again, and nothing was judged: "+
			"drop --rerun-failed for a whole run", r.file)}
	}
	if len(chosen.ids) == 0 {
		return fmt.Errorf("%s: none of what failed can be run again: %s", r.file, strings.Join(chosen.left, "; "))
	}
	o.Again, o.Notes = chosen.ids, chosen.notes(r.file)
	return nil
}

// choice is what of a report is run again.
type choice struct {
	report *verdict.Report
	known  map[string]bool // ids of the specs there are

	failed, again int
	ids           []string // with those that failed monitors need
	left          []string // what is left out, and why
}

func (c *choice) choose() {
	for _, s := range c.report.Specs {
		switch s.Verdict {
		case verdict.Violation, verdict.Error:
			c.failed++
			c.take(s)
		case verdict.StaleWaiver:
			c.failed++
			c.waived(s)
		}
	}
}

// take chooses a spec. A monitor needs the specs in which it found something.
func (c *choice) take(s verdict.Spec) {
	switch {
	case s.Suite == "run":
		c.left = append(c.left, s.ID+" is no spec")
		return
	case !c.known[s.ID]:
		c.left = append(c.left, s.ID+" is no spec of this ncspec (a step of your own transcripts is known with --transcripts only)")
		return
	}
	c.again++
	c.add(s.ID)
	for _, id := range s.SeenIn {
		if c.known[id] {
			c.add(id)
		}
	}
	if s.Monitor && len(s.SeenIn) == 0 {
		c.left = append(c.left, "all that "+s.ID+" judged beyond what runs again")
	}
}

// waived chooses what a stale waiver names: a spec, or all specs of a requirement.
func (c *choice) waived(s verdict.Spec) {
	if s.Waiver == nil {
		return
	}
	named := []string{s.Waiver.ID}
	if q, isRequirement := c.report.Requirement(s.Waiver.ID); isRequirement {
		named = q.Specs
	}
	named = slices.DeleteFunc(slices.Clone(named), func(id string) bool { return !c.known[id] })
	if len(named) == 0 {
		c.left = append(c.left, s.ID+" names no spec of this ncspec")
		return
	}
	c.again++
	for _, id := range named {
		c.add(id)
	}
}

func (c *choice) add(id string) {
	if !slices.Contains(c.ids, id) {
		c.ids = append(c.ids, id)
	}
}

// notes tell what runs again, and what does not.
func (c *choice) notes(file string) []string {
	notes := []string{fmt.Sprintf("Of %d that failed in %s %d run again, with what they need.", c.failed, file, c.again)}
	if len(c.left) > 0 {
		notes = append(notes, "Left out: "+strings.Join(c.left, "; ")+".")
	}
	if !c.report.Run.Complete {
		notes = append(notes, "That run broke off: what it did not reach is left out too.")
	}
	return notes
}
