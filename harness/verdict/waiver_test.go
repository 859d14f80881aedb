package verdict

import (
	"strings"
	"testing"
	"time"

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
			report := spec("rpc/a", types.SpecStatePassed, must, Demand{must, true, "", nil})
			if c.monitor {
				report.LeafNodeLabels = append(report.LeafNodeLabels, MonitorLabel)
			}
			r := Judge([]types.SpecReport{report}, Input{Requirements: catalogue(), Waivers: []Waiver{{ID: "rpc/a", Reason: "r"}, {ID: must, Reason: "r"}}, Run: c.run})
			NewWithT(t).Expect(r.Summary[StaleWaiver]).To(Equal(c.stale))
		})
	}
}

func TestWaivers(t *testing.T) {
	broke := spec("lock/a", types.SpecStateFailed, must, mustToo, Demand{must, false, "m", nil})
	brokeBoth := spec("lock/a", types.SpecStateFailed, must, mustToo, Demand{must, false, "m", nil}, Demand{mustToo, false, "n", nil})
	passed := spec("lock/a", types.SpecStatePassed, must, Demand{must, true, "", nil})
	advised := spec("lock/a", types.SpecStatePassed, should, Demand{should, false, "m", nil})
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
		"of the spec":              {broke, []Waiver{{ID: "lock/a", Reason: "case 1"}}, false, Waived, "case 1", "lock/a", Waived, ""},
		"of the requirement":       {broke, []Waiver{{ID: must, Reason: "case 2"}}, false, Waived, "case 2", must, Waived, ""},
		"of both":                  {broke, []Waiver{{ID: must, Reason: "case 2"}, {ID: "lock/a", Reason: "case 1"}}, false, Waived, "case 2; case 1", must, Waived, ""},
		"of the spec, two broken":  {brokeBoth, []Waiver{{ID: "lock/a", Reason: "case 1"}}, false, Waived, "case 1", "lock/a", Waived, ""},
		"of one of two broken":     {brokeBoth, []Waiver{{ID: must, Reason: "case 2"}}, false, Violation, "breaks " + mustToo, must, Waived, ""},
		"of each of two broken":    {brokeBoth, []Waiver{{ID: must, Reason: "case 2"}, {ID: mustToo, Reason: "case 3"}}, false, Waived, "case 2; case 3", must, Waived, ""},
		"of the other requirement": {broke, []Waiver{{ID: mustToo, Reason: "r"}}, false, Violation, "breaks " + must, "", Violation, ""},
		"stale by spec":            {passed, []Waiver{{ID: "lock/a", Reason: "r"}}, false, Pass, "", "", Pass, "its violation no longer occurs"},
		"stale by requirement":     {passed, []Waiver{{ID: must, Reason: "r"}}, false, Pass, "", "", Pass, "its violation no longer occurs"},
		"names nothing":            {passed, []Waiver{{ID: "lock/gone", Reason: "r"}}, false, Pass, "", "", Pass, "names no spec of this run and no requirement"},
		"requirement not judged":   {passed, []Waiver{{ID: mustToo, Reason: "r"}}, false, Pass, "", "", Pass, ""},
		"advisory, spec":           {advised, []Waiver{{ID: "lock/a", Reason: "r"}}, false, Advisory, "does not follow " + should, "lock/a", NotRun, ""},
		"advisory, requirement":    {advised, []Waiver{{ID: should, Reason: "r"}}, false, Advisory, "does not follow " + should, should, NotRun, ""},
		"advisory, strict":         {advised, []Waiver{{ID: should, Reason: "r"}}, true, Waived, "r", should, NotRun, ""},
		"error, spec":              {erred, []Waiver{{ID: "lock/a", Reason: "r"}}, false, Error, "f", "", Error, ""},
		"error, requirement":       {erred, []Waiver{{ID: must, Reason: "r"}}, false, Error, "f", "", Error, ""},
		"waived, then a fault":     {spec("lock/a", types.SpecStateFailed, must, Demand{must, false, "m", nil}, Fault{"f"}), []Waiver{{ID: must, Reason: "r"}}, false, Error, "f", must, Waived, ""},
		"not run":                  {spec("lock/a", types.SpecStateSkipped, must), []Waiver{{ID: "lock/a", Reason: "r"}, {ID: must, Reason: "r"}}, false, NotRun, "not selected (a filter or --fail-fast)", "", NotRun, ""},
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
		spec("lock/a", types.SpecStateFailed, Demand{should, false, "s", nil}, Demand{must, false, "m", nil}, Demand{mustToo, false, "n", nil}),
	}, Input{Requirements: catalogue(), Waivers: []Waiver{{ID: must, Reason: "r"}}})
	NewWithT(t).Expect(r.Specs[0].Broken).To(Equal([]Broken{{mustToo, Violation, "n", nil}, {must, Waived, "m", nil}, {should, Advisory, "s", nil}}))
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

// noon is when the run of a test starts.
func noon(day string) Run {
	at, _ := time.Parse(time.DateTime, day+" 12:00:00") // a zero time would fail the test
	return Run{Started: at}
}

func TestAWaiverThatDoesNotExcuse(t *testing.T) {
	const found = "expected  \"4\"\nfound     \"0\""
	broke := spec("lock/a", types.SpecStateFailed, must, Demand{must, false, found, nil})
	advised := spec("lock/a", types.SpecStatePassed, should, Demand{should, false, found, nil})
	passed := spec("lock/a", types.SpecStatePassed, must, Demand{must, true, "", nil})
	erred := spec("lock/a", types.SpecStateFailed, must, Fault{"f"})
	notRun := spec("lock/a", types.SpecStateSkipped, must)
	dated := Waiver{ID: "lock/a", Reason: "r", Until: "2026-03-01"}
	telling := func(text string) Waiver { return Waiver{ID: must, Reason: "r", Contains: text} }
	late := Waiver{ID: "lock/a", Reason: "r", Until: "2026-03-01", Contains: "other"}
	for name, c := range map[string]struct {
		report types.SpecReport
		waiver Waiver
		day    string
		spec   Verdict
		reason string
		stale  string // reason of the stale waiver's entry; "" none
	}{
		"its last day":               {broke, dated, "2026-03-01", Waived, "r", ""},
		"the day after":              {broke, dated, "2026-03-02", Violation, "breaks " + must + "; the waiver for lock/a held through 2026-03-01", "is out of date: it held through 2026-03-01, and its violation still occurs"},
		"the day after, mended":      {passed, dated, "2026-03-02", Pass, "", "is out of date: it held through 2026-03-01"},
		"before, mended":             {passed, dated, "2026-03-01", Pass, "", "its violation no longer occurs"},
		"the day after, an error":    {erred, dated, "2026-03-02", Error, "f", "is out of date: it held through 2026-03-01"},
		"the day after, not run":     {notRun, dated, "2026-03-02", NotRun, "not selected (a filter or --fail-fast)", ""},
		"as it says":                 {broke, telling(`found "0"`), "2026-01-01", Waived, "r", ""},
		"in other lines":             {broke, telling("\"4\" \n  found \t\"0\""), "2026-01-01", Waived, "r", ""},
		"in another way":             {broke, telling(`found "7"`), "2026-01-01", Violation, "breaks " + must + "; not as the waiver for " + must + " has it", `expects another failure: nothing that was found contains "found \"7\""`},
		"mended, with a text":        {passed, telling("x"), "2026-01-01", Pass, "", "its violation no longer occurs"},
		"error, with a text":         {erred, telling("f"), "2026-01-01", Error, "f", ""},
		"late and in another way":    {broke, late, "2026-03-02", Violation, "breaks " + must + "; not as the waiver for lock/a has it", "is out of date: it held through 2026-03-01"},
		"a SHOULD in another way":    {advised, Waiver{ID: should, Reason: "r", Contains: "rude"}, "2026-01-01", Advisory, "does not follow " + should, `expects another failure: nothing that was found contains "rude"`},
		"a SHOULD after its day":     {advised, Waiver{ID: should, Reason: "r", Until: "2026-01-01"}, "2026-01-02", Advisory, "does not follow " + should, "is out of date: it held through 2026-01-01, and its violation still occurs"},
		"nothing that it could name": {broke, Waiver{ID: "lock/gone", Reason: "r", Until: "2026-01-01"}, "2026-01-02", Violation, "breaks " + must, "names no spec of this run and no requirement"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			c.waiver.At = "/home/me/known.yaml:7:5"
			r := Judge([]types.SpecReport{c.report}, Input{Requirements: catalogue(), Waivers: []Waiver{c.waiver}, Run: noon(c.day)})
			g.Expect(r.Specs[0].Verdict).To(Equal(c.spec))
			g.Expect(r.Specs[0].Reason).To(Equal(c.reason))
			if c.stale == "" {
				g.Expect(r.Summary[StaleWaiver]).To(BeZero())
				return
			}
			g.Expect(r.Specs).To(HaveLen(2))
			g.Expect(r.Specs[1].Reason).To(Equal(c.stale))
			g.Expect(r.Specs[1].Location).To(Equal("known.yaml:7:5"))
			g.Expect(r.Exit()).To(Equal(ExitViolation))
		})
	}
}

func TestAWaiverOfASpecExcusesOnlyWhatItRecognises(t *testing.T) {
	g := NewWithT(t)
	report := spec("lock/a", types.SpecStateFailed, must, mustToo, Demand{must, false, "one", nil}, Demand{mustToo, false, "two", nil})
	r := Judge([]types.SpecReport{report}, Input{Requirements: catalogue(), Waivers: []Waiver{{ID: "lock/a", Reason: "r", Contains: "one"}}})
	g.Expect(r.Specs).To(HaveLen(1), "it is not stale: what it expects did occur")
	g.Expect(r.Specs[0].Broken).To(Equal([]Broken{{mustToo, Violation, "two", nil}, {must, Waived, "one", nil}}))
}

func TestDaysAreThoseOfUTC(t *testing.T) {
	g := NewWithT(t)
	w := Waiver{Until: "2026-03-01"}
	west := time.FixedZone("west", -8*60*60)
	g.Expect(w.Expired(time.Date(2026, 3, 1, 15, 59, 59, 0, west))).To(BeFalse())
	g.Expect(w.Expired(time.Date(2026, 3, 1, 16, 0, 0, 0, west))).To(BeTrue())
	g.Expect(Waiver{}.Expired(time.Now())).To(BeFalse())
}

func TestADraftWaivesTheRunItIsMadeFromOnceItsReasonsAreWritten(t *testing.T) {
	g := NewWithT(t)
	reports := []types.SpecReport{
		spec("lock/a", types.SpecStateFailed, must, Demand{must, false, "one\n- id: evil\x1b", nil}),
		spec("lock/b", types.SpecStateFailed, mustToo, Demand{mustToo, false, strings.Repeat("é", 500), nil}, Demand{should, false, "s", nil}),
		spec("lock/c", types.SpecStateFailed, must, Demand{must, false, "known", nil}),
		spec("lock/d", types.SpecStateFailed, must, Fault{"f"}),
	}
	in := Input{Requirements: catalogue(), Waivers: []Waiver{{ID: "lock/c", Reason: "r"}}, Target: Target{Name: "edge\n- id: worse"}}
	draft, count := Judge(reports, in).DraftWaivers()
	g.Expect(count).To(Equal(2))
	_, err := parseWaivers("w.yaml", draft)
	g.Expect(err).To(MatchError(And(ContainSubstring("w.yaml:12:13: the reason is yet to be written"), ContainSubstring("w.yaml:17:13: "))))
	g.Expect(string(draft)).To(And(ContainSubstring("# breaks "+must+" (RFC 6241 §7.5, MUST): Deny the lock.\n"), ContainSubstring("é…\n")))
	g.Expect(string(draft)).NotTo(ContainSubstring(should), "an advisory needs no waiver")

	waivers, err := parseWaivers("w.yaml", []byte(strings.ReplaceAll(string(draft), "TODO\n", "accepted\n")))
	g.Expect(err).NotTo(HaveOccurred())
	in.Waivers = append(in.Waivers, waivers...)
	r := Judge(reports, in)
	g.Expect(r.Summary).To(And(HaveKeyWithValue(Waived, 3), HaveKeyWithValue(Error, 1), HaveKeyWithValue(Violation, 0), HaveKeyWithValue(StaleWaiver, 0)))
	_, count = r.DraftWaivers()
	g.Expect(count).To(BeZero())
}
