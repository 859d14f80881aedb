package verdict

import (
	"testing"

	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"
)

func TestAWaiverOfAMonitorTakesAWholeRunToBeStale(t *testing.T) {
	for name, c := range map[string]struct {
		monitor bool
		run     Run
		stale   int
	}{
		"a monitor, all specs":         {true, Run{Safety: "running"}, 2},
		"a monitor, some specs":        {true, Run{Filters: map[string][]string{"suite": {"rpc"}}}, 0},
		"a monitor, a careful run":     {true, Run{Safety: "read-only"}, 0},
		"another spec, some specs run": {false, Run{Filters: map[string][]string{"suite": {"rpc"}}}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			report := spec("rpc/a", types.SpecStatePassed, must, Demand{must, true, ""})
			if c.monitor {
				report.LeafNodeLabels = append(report.LeafNodeLabels, MonitorLabel)
			}
			r := Judge([]types.SpecReport{report}, Input{Requirements: catalogue(), Waivers: []Waiver{{"rpc/a", "r"}, {must, "r"}}, Run: c.run})
			NewWithT(t).Expect(r.Summary[StaleWaiver]).To(Equal(c.stale))
		})
	}
}

func TestWaivers(t *testing.T) {
	broke := spec("lock/a", types.SpecStateFailed, must, mustToo, Demand{must, false, "m"})
	brokeBoth := spec("lock/a", types.SpecStateFailed, must, mustToo, Demand{must, false, "m"}, Demand{mustToo, false, "n"})
	passed := spec("lock/a", types.SpecStatePassed, must, Demand{must, true, ""})
	advised := spec("lock/a", types.SpecStatePassed, should, Demand{should, false, "m"})
	erred := spec("lock/a", types.SpecStateFailed, must, Fault{"f"})
	for name, c := range map[string]struct {
		report  types.SpecReport
		waivers []Waiver
		strict  bool
		spec    Verdict
		reason  string
		applied string  // id of the waiver that the spec names
		must    Verdict // of the requirement
		stale   string  // reason of the stale waiver's entry
	}{
		"of the spec":              {broke, []Waiver{{"lock/a", "case 1"}}, false, Waived, "case 1", "lock/a", Waived, ""},
		"of the requirement":       {broke, []Waiver{{must, "case 2"}}, false, Waived, "case 2", must, Waived, ""},
		"of both":                  {broke, []Waiver{{must, "case 2"}, {"lock/a", "case 1"}}, false, Waived, "case 2; case 1", must, Waived, ""},
		"of the spec, two broken":  {brokeBoth, []Waiver{{"lock/a", "case 1"}}, false, Waived, "case 1", "lock/a", Waived, ""},
		"of one of two broken":     {brokeBoth, []Waiver{{must, "case 2"}}, false, Violation, "breaks " + mustToo, must, Waived, ""},
		"of each of two broken":    {brokeBoth, []Waiver{{must, "case 2"}, {mustToo, "case 3"}}, false, Waived, "case 2; case 3", must, Waived, ""},
		"of the other requirement": {broke, []Waiver{{mustToo, "r"}}, false, Violation, "breaks " + must, "", Violation, ""},
		"stale by spec":            {passed, []Waiver{{"lock/a", "r"}}, false, Pass, "", "", Pass, "its violation no longer occurs"},
		"stale by requirement":     {passed, []Waiver{{must, "r"}}, false, Pass, "", "", Pass, "its violation no longer occurs"},
		"names nothing":            {passed, []Waiver{{"lock/gone", "r"}}, false, Pass, "", "", Pass, "names no spec of this run and no requirement"},
		"requirement not judged":   {passed, []Waiver{{mustToo, "r"}}, false, Pass, "", "", Pass, ""},
		"advisory, spec":           {advised, []Waiver{{"lock/a", "r"}}, false, Advisory, "does not follow " + should, "lock/a", NotRun, ""},
		"advisory, requirement":    {advised, []Waiver{{should, "r"}}, false, Advisory, "does not follow " + should, should, NotRun, ""},
		"advisory, strict":         {advised, []Waiver{{should, "r"}}, true, Waived, "r", should, NotRun, ""},
		"error, spec":              {erred, []Waiver{{"lock/a", "r"}}, false, Error, "f", "", Error, ""},
		"error, requirement":       {erred, []Waiver{{must, "r"}}, false, Error, "f", "", Error, ""},
		"waived, then a fault":     {spec("lock/a", types.SpecStateFailed, must, Demand{must, false, "m"}, Fault{"f"}), []Waiver{{must, "r"}}, false, Error, "f", must, Waived, ""},
		"not run":                  {spec("lock/a", types.SpecStateSkipped, must), []Waiver{{"lock/a", "r"}, {must, "r"}}, false, NotRun, "not selected (a filter or --fail-fast)", "", NotRun, ""},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			r := Judge([]types.SpecReport{c.report}, Input{Requirements: catalogue(), Waivers: c.waivers, Strict: c.strict})
			s := r.Specs[0]
			g.Expect(s.Verdict).To(Equal(c.spec))
			g.Expect(s.Reason).To(Equal(c.reason))
			if c.applied == "" {
				g.Expect(s.Waiver).To(BeNil())
			} else {
				g.Expect(s.Waiver).To(HaveField("ID", c.applied))
			}
			q, _ := r.Requirement(must)
			g.Expect(q.Verdict).To(Equal(c.must))
			if c.stale == "" {
				g.Expect(r.Specs).To(HaveLen(1))
				return
			}
			g.Expect(r.Specs).To(HaveLen(2))
			g.Expect(r.Specs[1].ID).To(Equal("waiver/" + c.waivers[0].ID))
			g.Expect(r.Specs[1].Verdict).To(Equal(StaleWaiver))
			g.Expect(r.Specs[1].Reason).To(Equal(c.stale))
			g.Expect(r.Specs[1].Message).To(ContainSubstring("Its reason was: r"))
		})
	}
}

func TestBrokenDemandsKeepTheirOwnVerdict(t *testing.T) {
	r := Judge([]types.SpecReport{
		spec("lock/a", types.SpecStateFailed, Demand{should, false, "s"}, Demand{must, false, "m"}, Demand{mustToo, false, "n"}),
	}, Input{Requirements: catalogue(), Waivers: []Waiver{{must, "r"}}})
	NewWithT(t).Expect(r.Specs[0].Broken).To(Equal([]Broken{{mustToo, Violation, "n"}, {must, Waived, "m"}, {should, Advisory, "s"}}))
}

func TestWorse(t *testing.T) {
	g := NewWithT(t)
	order := []Verdict{NotApplicable, NotRun, Pass, Advisory, Waived, Error, StaleWaiver, Violation}
	for i, v := range order {
		for k, than := range order {
			g.Expect(v.Worse(than)).To(Equal(i > k), "%s than %s", v, than)
		}
		g.Expect(v.Worse("")).To(BeTrue())
	}
	g.Expect(All()).To(HaveLen(len(order)))
}
