package compare

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/verdict"
)

const (
	must    = "rfc6241-7.5-must"
	mustToo = "rfc6241-7.5-must-too"
	should  = "rfc6241-7.6-should"
)

// run makes a report of specs; each requirement has the worst verdict of its breaks, else that of the specs of it.
func run(specs ...verdict.Spec) *verdict.Report {
	r := &verdict.Report{Format: verdict.Format, Tool: verdict.Tool{Name: "ncspec", Version: "0.1.0"},
		Target: verdict.Target{Name: "edge-1", Address: "192.0.2.7:830"},
		Run:    verdict.Run{Started: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), Safety: "running", Complete: true}}
	for _, s := range specs {
		r.Add(s)
	}
	for _, q := range []verdict.Requirement{{ID: must, Level: "MUST"}, {ID: mustToo, Level: "MUST"}, {ID: should, Level: "SHOULD"}} {
		q.RFC, q.Section, q.Verdict, q.ServerMust = "6241", "7.5", verdict.NotRun, "Do it."
		for _, s := range specs {
			q.Verdict, q.Reason = worse(q, s)
		}
		r.Requirements = append(r.Requirements, q)
	}
	return r
}

func worse(q verdict.Requirement, s verdict.Spec) (verdict.Verdict, string) {
	for _, b := range s.Broken {
		if b.Requirement == q.ID && b.Verdict.Worse(q.Verdict) {
			return b.Verdict, "in " + s.ID
		}
	}
	for _, id := range s.Requirements {
		switch {
		case id != q.ID:
		case s.Verdict == verdict.Advisory:
			return verdict.Pass, ""
		case len(s.Broken) == 0 && s.Verdict.Worse(q.Verdict), s.Verdict == verdict.NotApplicable:
			return s.Verdict, s.Reason
		}
	}
	return q.Verdict, q.Reason
}

func spec(id string, v verdict.Verdict, broken ...verdict.Broken) verdict.Spec {
	return verdict.Spec{ID: id, Suite: "lock", Text: "a lock", Verdict: v, Requirements: []string{must, mustToo, should}, Broken: broken}
}

// first is a spec of other requirements that is judged in every run.
var first = verdict.Spec{ID: "hello/first", Suite: "hello", Verdict: verdict.Pass}

func because(s verdict.Spec, reason string) verdict.Spec { s.Reason = reason; return s }

func breaks(id string, v verdict.Verdict) verdict.Broken {
	return verdict.Broken{Requirement: id, Verdict: v, Message: "found so"}
}

func compared(old, fresh *verdict.Report) *Comparison {
	return Compare(Source{"old/report.json", old}, Source{"new/report.json", fresh})
}

// where tells in which lists the breaks stand.
func where(c *Comparison) map[string][]string {
	all := map[string][]string{}
	for name, list := range map[string][]Break{"gained": c.Violations.Gained, "first seen": c.Violations.FirstSeen, "lost": c.Violations.Lost,
		"advisory gained": c.Advisories.Gained, "advisory lost": c.Advisories.Lost} {
		for _, b := range list {
			all[name] = append(all[name], b.Spec+" "+b.Requirement)
		}
	}
	return all
}

func TestBreaks(t *testing.T) {
	const a = "lock/a"
	passed, violated, waived := spec(a, verdict.Pass), spec(a, verdict.Violation, breaks(must, verdict.Violation)), spec(a, verdict.Waived, breaks(must, verdict.Waived))
	other := spec(a, verdict.Violation, breaks(mustToo, verdict.Violation))
	advised := spec(a, verdict.Advisory, breaks(should, verdict.Advisory))
	strict := spec(a, verdict.Violation, breaks(should, verdict.Violation))
	own := spec(a, verdict.Violation, breaks("", verdict.Violation))
	narrow := passed
	narrow.Requirements = []string{should}
	beside := spec("lock/b", verdict.Pass)
	none := func(v verdict.Verdict) verdict.Spec { return spec(a, v) }
	for name, c := range map[string]struct {
		old, fresh []verdict.Spec
		where      map[string][]string
		regression bool
	}{
		"as before":                        {[]verdict.Spec{violated}, []verdict.Spec{violated}, nil, false},
		"a pass":                           {[]verdict.Spec{passed}, []verdict.Spec{violated}, map[string][]string{"gained": {a + " " + must}}, true},
		"an advisory":                      {[]verdict.Spec{advised}, []verdict.Spec{violated}, map[string][]string{"gained": {a + " " + must}, "advisory lost": nil}, true},
		"mended":                           {[]verdict.Spec{violated}, []verdict.Spec{passed}, map[string][]string{"lost": {a + " " + must}}, false},
		"waived now":                       {[]verdict.Spec{violated}, []verdict.Spec{waived}, nil, false},
		"waived no more":                   {[]verdict.Spec{waived}, []verdict.Spec{violated}, nil, false},
		"gained and waived":                {[]verdict.Spec{passed}, []verdict.Spec{waived}, map[string][]string{"gained": {a + " " + must}}, false},
		"not applicable before":            {[]verdict.Spec{none(verdict.NotApplicable)}, []verdict.Spec{violated}, map[string][]string{"gained": {a + " " + must}}, true},
		"not run before":                   {[]verdict.Spec{none(verdict.NotRun)}, []verdict.Spec{violated}, map[string][]string{"first seen": {a + " " + must}}, false},
		"an error before":                  {[]verdict.Spec{none(verdict.Error)}, []verdict.Spec{violated}, map[string][]string{"first seen": {a + " " + must}}, false},
		"a new spec":                       {[]verdict.Spec{beside}, []verdict.Spec{beside, violated}, map[string][]string{"first seen": {a + " " + must}}, false},
		"a spec that judged less":          {[]verdict.Spec{narrow}, []verdict.Spec{violated}, map[string][]string{"first seen": {a + " " + must}}, false},
		"a spec gone":                      {[]verdict.Spec{violated}, nil, nil, false},
		"not run now":                      {[]verdict.Spec{violated}, []verdict.Spec{none(verdict.NotRun)}, nil, false},
		"another one, held elsewhere":      {[]verdict.Spec{violated, beside}, []verdict.Spec{other}, map[string][]string{"gained": {a + " " + mustToo}}, true},
		"another one, not known to hold":   {[]verdict.Spec{violated}, []verdict.Spec{other}, map[string][]string{"first seen": {a + " " + mustToo}}, false},
		"an error elsewhere before":        {[]verdict.Spec{passed, spec("lock/b", verdict.Error)}, []verdict.Spec{violated}, map[string][]string{"gained": {a + " " + must}}, true},
		"a SHOULD":                         {[]verdict.Spec{passed}, []verdict.Spec{advised}, map[string][]string{"advisory gained": {a + " " + should}}, false},
		"a SHOULD, mended":                 {[]verdict.Spec{advised}, []verdict.Spec{passed}, map[string][]string{"advisory lost": {a + " " + should}}, false},
		"a SHOULD, strict now":             {[]verdict.Spec{advised}, []verdict.Spec{strict}, nil, false},
		"a SHOULD, strict":                 {[]verdict.Spec{passed}, []verdict.Spec{strict}, map[string][]string{"gained": {a + " " + should}}, true},
		"a demand of a transcript":         {[]verdict.Spec{passed}, []verdict.Spec{own}, map[string][]string{"gained": {a + " "}}, true},
		"a demand of a transcript, mended": {[]verdict.Spec{own}, []verdict.Spec{passed}, map[string][]string{"lost": {a + " "}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			x := compared(run(append(c.old, first)...), run(append(c.fresh, first)...))
			for _, list := range []string{"gained", "first seen", "lost", "advisory gained"} {
				g.Expect(where(x)[list]).To(Equal(c.where[list]), list)
			}
			g.Expect(x.Regression).To(Equal(c.regression))
			g.Expect(x.Exit()).To(Equal(map[bool]int{true: 1}[c.regression]))
		})
	}
}

func TestAMonitorThatSawLessBeforeAccusesNobody(t *testing.T) {
	g := NewWithT(t)
	held, broke := spec("rpc/m", verdict.Pass), spec("rpc/m", verdict.Violation, breaks(must, verdict.Violation))
	held.Monitor, broke.Monitor = true, true
	old, fresh := run(held), run(broke)
	g.Expect(compared(old, fresh).Regression).To(BeTrue())

	old.Run.Filters = map[string][]string{"suite": {"rpc"}}
	g.Expect(where(compared(old, fresh))).To(Equal(map[string][]string{"first seen": {"rpc/m " + must}}))
	g.Expect(where(compared(fresh, old))).To(BeEmpty(), "nor is it mended because less was seen")
	fresh.Run.Filters = map[string][]string{"suite": {"rpc"}}
	g.Expect(compared(old, fresh).Regression).To(BeTrue(), "of like runs")

	old.Run.Filters, fresh.Run.Filters = nil, nil
	old.Run.Safety = "read-only"
	g.Expect(compared(old, fresh).Regression).To(BeFalse())
}

func TestVerdicts(t *testing.T) {
	const a = "lock/a"
	passed := spec(a, verdict.Pass)
	for name, c := range map[string]struct {
		old, fresh    verdict.Spec
		brokeOff      bool
		lost, changed bool
	}{
		"an error now":                    {passed, because(spec(a, verdict.Error), "given: x"), false, true, false},
		"behind a step that failed":       {passed, because(spec(a, verdict.Error), "earlier step: lock failed"), false, false, true},
		"held back now":                   {passed, because(spec(a, verdict.NotRun), "left out by --suite"), false, false, true},
		"not reached":                     {passed, because(spec(a, verdict.NotRun), "the run broke off"), true, true, false},
		"an error where it was violated":  {spec(a, verdict.Violation, breaks(must, verdict.Violation)), spec(a, verdict.Error), false, false, true},
		"an error no more":                {spec(a, verdict.Error), passed, false, false, true},
		"judged now":                      {spec(a, verdict.NotRun), passed, false, false, true},
		"an error as before":              {spec(a, verdict.Error), spec(a, verdict.Error), false, false, false},
		"not applicable now":              {passed, spec(a, verdict.NotApplicable), false, false, false},
		"an error where it did not apply": {spec(a, verdict.NotApplicable), spec(a, verdict.Error), false, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			old, fresh := run(c.old, first), run(c.fresh, first)
			fresh.Run.Complete = !c.brokeOff
			x := compared(old, fresh)
			g.Expect(len(x.Verdicts.Lost)).To(Equal(map[bool]int{true: 1}[c.lost]))
			g.Expect(len(x.Verdicts.Changed)).To(Equal(map[bool]int{true: 1}[c.changed]))
			g.Expect(x.Regression).To(Equal(c.lost))
		})
	}
}

func TestATargetThatIsNotPutBackIsARegression(t *testing.T) {
	g := NewWithT(t)
	restore := verdict.Spec{ID: "run/restore", Suite: "run", Verdict: verdict.Error, Reason: "not put back"}
	x := compared(run(spec("lock/a", verdict.Pass)), run(spec("lock/a", verdict.Pass), restore))
	g.Expect(x.Verdicts.Lost).To(ConsistOf(HaveField("Spec", "run/restore")))
	g.Expect(x.Specs.New).To(BeEmpty(), "it is no spec")
	g.Expect(x.Regression).To(BeTrue())
	g.Expect(compared(run(restore), run(restore)).Regression).To(BeFalse())
}

func TestATargetThatCannotBeJudgedAnyMore(t *testing.T) {
	g := NewWithT(t)
	fresh := run(because(spec("lock/a", verdict.NotRun), "x"))
	fresh.Specs = nil
	fresh.Run.Unusable, fresh.Run.Complete = "connection refused", false
	x := compared(run(spec("lock/a", verdict.Pass)), fresh)
	g.Expect(x.Regression).To(BeTrue())
	g.Expect(Conclusion(x)).To(Equal("the target could not be judged any more: connection refused"))
	g.Expect(x.Specs.Gone).To(BeEmpty(), "one cause is enough")
}

func TestATargetOfWhichNothingIsJudgedAnyMore(t *testing.T) {
	g := NewWithT(t)
	held := run(because(spec("lock/a", verdict.NotRun), "the state before the run is not known"))
	x := compared(run(spec("lock/a", verdict.Pass)), held)
	g.Expect(x.Regression).To(BeTrue())
	g.Expect(Conclusion(x)).To(HavePrefix("nothing was judged any more"))
	g.Expect(x.Verdicts.Changed).To(HaveLen(1), "with the reason")
}

func TestApplicability(t *testing.T) {
	g := NewWithT(t)
	off, on := because(spec("lock/a", verdict.NotApplicable), "the server does not claim candidate"), spec("lock/a", verdict.Pass)
	gained := compared(run(off), run(on)).Applicability
	g.Expect(gained.Lost).To(BeEmpty())
	g.Expect(gained.Gained).To(HaveLen(3))
	g.Expect(gained.Gained[0]).To(Equal(Scope{Requirement: must, Reference: "RFC 6241 §7.5", Level: "MUST", ServerMust: "Do it.",
		Old: verdict.NotApplicable, New: verdict.Pass, Reason: "the server does not claim candidate"}))
	lost := compared(run(on), run(off)).Applicability
	g.Expect(lost.Lost).To(HaveLen(3))
	g.Expect(lost.Lost[0].Reason).To(Equal("the server does not claim candidate"))
	held := because(spec("lock/a", verdict.NotRun), "left out by --suite")
	g.Expect(compared(run(held), run(off)).Applicability).To(Equal(Applicability{Gained: []Scope{}, Lost: []Scope{}}), "nothing is known of before")
}

func TestStaleWaiversAreNoChange(t *testing.T) {
	stale := verdict.Spec{ID: "waiver/lock/a", Suite: "waiver", Verdict: verdict.StaleWaiver}
	x := compared(run(spec("lock/a", verdict.Pass)), run(spec("lock/a", verdict.Pass), stale))
	NewWithT(t).Expect(x.Changed()).To(BeFalse())
}

func TestSpecsOfOneReport(t *testing.T) {
	g := NewWithT(t)
	x := compared(run(spec("lock/a", verdict.Pass), spec("lock/b", verdict.Pass)), run(spec("lock/c", verdict.Pass), spec("lock/b", verdict.Pass)))
	g.Expect(x.Specs.New).To(Equal([]SpecInOne{{"lock/c", "a lock", verdict.Pass}}))
	g.Expect(x.Specs.Gone).To(Equal([]SpecInOne{{"lock/a", "a lock", verdict.Pass}}))
	g.Expect(x.Regression).To(BeFalse())
}

func TestNotes(t *testing.T) {
	g := NewWithT(t)
	old, fresh := run(), run()
	g.Expect(compared(old, fresh).Notes).To(BeEmpty())
	fresh.Run = verdict.Run{Started: old.Run.Started.Add(-time.Hour), Safety: "read-only", Strict: true, Filters: map[string][]string{"spec": {"d", "c", "b", "a"}}}
	fresh.Target, fresh.Tool.Version = verdict.Target{Name: "edge-2"}, "0.2.0"
	g.Expect(compared(old, fresh).Notes).To(HaveExactElements(
		"The targets differ: edge-1 (192.0.2.7:830) before, edge-2 now.", HavePrefix("The old run is the later one"),
		"The run of new/report.json broke off: what it did not reach has no verdict.", ContainSubstring("0.1.0 before, 0.2.0 now"),
		ContainSubstring("--safety: running before, read-only now"), ContainSubstring("--strict: false before, true now"),
		ContainSubstring("filters: none before, --spec a, b, c, 1 more now")))
}

func TestSameTarget(t *testing.T) {
	g := NewWithT(t)
	at := func(name, address string) verdict.Target { return verdict.Target{Name: name, Address: address} }
	g.Expect(SameTarget(at("edge-1", "192.0.2.7:830"), at("edge-1", "192.0.2.8:830"))).To(BeTrue(), "it moved")
	g.Expect(SameTarget(at("edge-1", "192.0.2.7:830"), at("core-1", "192.0.2.7:830"))).To(BeTrue(), "it was named")
	g.Expect(SameTarget(at("edge-1", "192.0.2.7:830"), at("edge-2", "192.0.2.8:830"))).To(BeFalse())
	g.Expect(SameTarget(at("edge-1", ""), at("edge-2", ""))).To(BeFalse())
}

func TestARequirementThatWasNotReachedIsNotKnownToHaveHeld(t *testing.T) {
	g := NewWithT(t)
	old, fresh := run(spec("lock/a", verdict.Pass)), run(spec("lock/a", verdict.Violation, breaks(must, verdict.Violation)))
	old.Requirements[0].Verdict = verdict.NotRun
	g.Expect(where(compared(old, fresh))).To(Equal(map[string][]string{"first seen": {"lock/a " + must}}))
	g.Expect(where(compared(fresh, old))).To(BeEmpty())
}
