package verdict

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/requirement"
)

const (
	must    = "rfc6241-7.5-must"
	mustToo = "rfc6241-7.5-must-too"
	should  = "rfc6241-7.6-should"
	may     = "rfc6241-7.6-may"
	seen    = "rfc6242-4-observed"
	never   = "rfc6242-4-untestable"
)

func catalogue() []requirement.Requirement {
	return []requirement.Requirement{
		{ID: must, RFC: "6241", Section: "7.5", Level: "MUST", Assert: "a", Testable: "yes", ServerMust: "Deny the lock."},
		{ID: mustToo, RFC: "6241", Section: "7.5", Level: "MUST NOT", Assert: "a", Testable: "partly", Why: "w", ServerMust: "Not grant it."},
		{ID: should, RFC: "6241", Section: "7.6", Level: "SHOULD", Assert: "a", Testable: "yes", ServerMust: "Be kind."},
		{ID: may, RFC: "6241", Section: "7.6", Level: "MAY", Assert: "a", Testable: "yes", ServerMust: "Choose."},
		{ID: seen, RFC: "6242", Section: "4", Level: "BEHAVIOUR", Observe: "o", Testable: "yes", ServerMust: "Be seen."},
		{ID: never, RFC: "6242", Section: "4", Level: "MUST", Assert: "a", Testable: "no", Why: "Nothing on the wire shows it.", ServerMust: "Be good inside."},
	}
}

// spec makes the report of an It node. The rest is labels (strings) and what the spec left (anything else).
func spec(id string, state types.SpecState, rest ...any) types.SpecReport {
	r := types.SpecReport{
		ContainerHierarchyTexts:  []string{"lock contention"},
		ContainerHierarchyLabels: [][]string{nil},
		LeafNodeType:             types.NodeTypeIt,
		LeafNodeText:             id + " denies the second session",
		LeafNodeLocation:         types.CodeLocation{FileName: moduleRoot() + "suites/lock/7_5_lock.go", LineNumber: 12},
		State:                    state,
		RunTime:                  1500 * time.Microsecond,
	}
	for _, v := range rest {
		switch v := v.(type) {
		case string:
			r.LeafNodeLabels = append(r.LeafNodeLabels, v)
		case types.Failure:
			r.Failure = v
		case types.AdditionalFailure:
			r.AdditionalFailures = append(r.AdditionalFailures, v)
		default:
			r.ReportEntries = append(r.ReportEntries, types.ReportEntry{Value: types.WrapEntryValue(v)})
		}
	}
	return r
}

func message(text string) types.Failure {
	return types.Failure{Message: text, Location: types.CodeLocation{FileName: moduleRoot() + "suites/lock/7_5_lock.go", LineNumber: 34}}
}

func judgeOne(in Input, report types.SpecReport) (Spec, *Report) {
	in.Requirements = catalogue()
	r := Judge([]types.SpecReport{report}, in)
	return r.Specs[0], r
}

func TestVerdictOfASpec(t *testing.T) {
	held, broke := Demand{must, true, "", nil}, Demand{must, false, "expected lock-denied\nto be ok", nil}
	leant, leaned := Demand{should, true, "", nil}, Demand{should, false, "expected kindness", nil}
	cases := map[string]struct {
		report  types.SpecReport
		strict  bool
		verdict Verdict
		reason  string
		message string // is contained
		exit    int
	}{
		"demand held":               {spec("lock/a", types.SpecStatePassed, must, held), false, Pass, "", "", 0},
		"MUST broken":               {spec("lock/a", types.SpecStateFailed, must, broke, message(broke.Message)), false, Violation, "breaks " + must, "rfc6241-7.5-must (MUST, RFC 6241 §7.5): Deny the lock.\nexpected lock-denied\nto be ok", 1},
		"two broken":                {spec("lock/a", types.SpecStateFailed, must, mustToo, broke, Demand{mustToo, false, "granted", nil}), false, Violation, "breaks " + must + ", " + mustToo, "granted", 1},
		"unknown requirement":       {spec("lock/a", types.SpecStateFailed, Demand{"rfc9999-1-x", false, "m", nil}), false, Violation, "breaks rfc9999-1-x", "rfc9999-1-x\nm", 1},
		"transcript without covers": {spec("mine/a", types.SpecStateFailed, Demand{"", false, "m", nil}), false, Violation, "breaks the transcript", "the transcript demands\nm", 1},
		"transcript step held":      {spec("mine/a", types.SpecStatePassed, Demand{"", true, "", nil}), false, Pass, "", "", 0},
		"nothing covered":           {spec("mine/a", types.SpecStatePassed), false, Pass, "", "", 0},
		"SHOULD broken":             {spec("lock/a", types.SpecStatePassed, should, leaned), false, Advisory, "does not follow " + should, "expected kindness", 0},
		"SHOULD broken, strict":     {spec("lock/a", types.SpecStatePassed, should, leaned), true, Violation, "breaks " + should, "expected kindness", 1},
		"SHOULD held":               {spec("lock/a", types.SpecStatePassed, should, leant), true, Pass, "", "", 0},
		"SHOULD failed the spec":    {spec("lock/a", types.SpecStateFailed, should, leaned, message("expected kindness")), false, Advisory, "does not follow " + should, "", 0},
		"SHOULD broken, then error": {spec("lock/a", types.SpecStateFailed, should, leaned, message("no session")), false, Error, "no session (at suites/lock/7_5_lock.go:34)", "expected kindness", 4},
		"SHOULD and MUST broken":    {spec("lock/a", types.SpecStateFailed, should, must, leaned, broke), false, Violation, "breaks " + must, "expected kindness", 1},
		"MAY broken":                {spec("lock/a", types.SpecStatePassed, may, Demand{may, false, "m", nil}), true, Pass, "", "", 0},
		"MAY observed":              {spec("lock/a", types.SpecStatePassed, may, Observation{Name: "n"}), false, Pass, "", "", 0},
		"only observed":             {spec("lock/a", types.SpecStatePassed, seen, Observation{Name: "n", Value: 3}), false, Pass, "", "", 0},
		"failed without a demand":   {spec("lock/a", types.SpecStateFailed, must, message("no fixture")), false, Error, "no fixture (at suites/lock/7_5_lock.go:34)", "no fixture", 4},
		"failed after held demands": {spec("lock/a", types.SpecStateFailed, must, held, message("no fixture")), false, Error, "no fixture (at suites/lock/7_5_lock.go:34)", "no fixture", 4},
		"fault":                     {spec("lock/a", types.SpecStateFailed, must, Fault{"cannot lock\nat all"}, message("cannot lock")), false, Error, "cannot lock", "cannot lock\nat all", 4},
		"fault in a passed spec":    {spec("lock/a", types.SpecStatePassed, must, held, Fault{"clean-up"}), false, Error, "clean-up", "clean-up", 4},
		"fault, then broken":        {spec("lock/a", types.SpecStateFailed, must, Fault{"cannot lock"}, broke), false, Error, "cannot lock", "cannot lock", 4},
		"broken, then fault":        {spec("lock/a", types.SpecStateFailed, must, broke, Fault{"cannot unlock"}), false, Violation, "breaks " + must, "cannot unlock", 1},
		"panicked":                  {spec("lock/a", types.SpecStatePanicked, must, types.Failure{ForwardedPanic: "nil map"}), false, Error, "the spec panicked: nil map", "nil map", 4},
		"panicked, then broken":     {spec("lock/a", types.SpecStatePanicked, must, broke, types.Failure{ForwardedPanic: "nil map"}), false, Error, "the spec panicked: nil map", "nil map", 4},
		"timed out":                 {spec("lock/a", types.SpecStateTimedout, must, broke, message("A spec timeout occurred")), false, Error, "the spec ran out of time: A spec timeout occurred (at suites/lock/7_5_lock.go:34)", "", 4},
		"panic in the clean-up":     {spec("lock/a", types.SpecStateFailed, must, broke, types.AdditionalFailure{State: types.SpecStatePanicked, Failure: types.Failure{ForwardedPanic: "late"}}), false, Violation, "breaks " + must, "the spec panicked: late", 1},
		"aborted":                   {spec("lock/a", types.SpecStateAborted, must, message("target gone")), false, Error, "target gone (at suites/lock/7_5_lock.go:34)", "", 4},
		"interrupted":               {spec("lock/a", types.SpecStateInterrupted, must, broke, Fault{"cancelled"}), false, NotRun, "the run broke off", "", 4},
		"not applicable":            {spec("lock/a", types.SpecStateSkipped, must, Hold{NotApplicable, "no candidate", ""}, message("skip")), false, NotApplicable, "no candidate", "", 4},
		"held back":                 {spec("lock/a", types.SpecStateSkipped, must, Hold{NotRun, "needs --slow", ""}), false, NotRun, "needs --slow", "", 4},
		"skipped with a message":    {spec("lock/a", types.SpecStateSkipped, must, message("someone holds the lock")), false, NotRun, "someone holds the lock", "", 4},
		"skipped by a filter":       {spec("lock/a", types.SpecStateSkipped, must), false, NotRun, "not selected (a filter or --fail-fast)", "", 4},
		"pending":                   {spec("lock/a", types.SpecStatePending, must), false, NotRun, "pending", "", 4},
		"after a failed step":       {spec("lock/a", types.SpecStateSkipped, must, message("Spec skipped because an earlier spec in an ordered container failed")), false, Error, "earlier step", "", 4},
		"no demand reached":         {spec("lock/a", types.SpecStatePassed, must), false, NotRun, "no demand of this spec was reached", "", 4},
		"every requirement held":    {spec("lock/a", types.SpecStatePassed, must, mustToo, Hold{NotApplicable, "n", must}, Hold{NotRun, "r", mustToo}), false, NotRun, "r", "", 4},
		"one requirement held back": {spec("lock/a", types.SpecStatePassed, must, mustToo, held, Hold{NotRun, "r", mustToo}), false, Pass, "", "", 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			s, r := judgeOne(Input{Strict: c.strict}, c.report)
			g.Expect(s.Verdict).To(Equal(c.verdict))
			g.Expect(s.Reason).To(Equal(c.reason))
			g.Expect(s.Message).To(ContainSubstring(c.message))
			g.Expect(r.Exit()).To(Equal(c.exit))
			g.Expect(r.Run.Exit).To(Equal(c.exit))
			g.Expect(r.Summary).To(HaveLen(len(All())))
			g.Expect(r.Summary).To(HaveKeyWithValue(c.verdict, 1))
		})
	}
}

func TestVerdictOfARequirement(t *testing.T) {
	held, broke := Demand{must, true, "", nil}, Demand{must, false, "m", nil}
	skippedFor := func(v Verdict, why string) types.SpecReport {
		return spec("lock/skipped", types.SpecStateSkipped, must, Hold{v, why, ""})
	}
	passed, violated := spec("lock/passed", types.SpecStatePassed, must, held), spec("lock/violated", types.SpecStateFailed, must, broke)
	erred := spec("lock/erred", types.SpecStateFailed, must, Fault{"no session"})
	cases := map[string]struct {
		id      string
		specs   []types.SpecReport
		verdict Verdict
		reason  string
	}{
		"held":                       {must, []types.SpecReport{passed}, Pass, ""},
		"violated beats all":         {must, []types.SpecReport{passed, erred, violated}, Violation, "in lock/violated"},
		"error beats pass":           {must, []types.SpecReport{passed, erred}, Error, "no session"},
		"pass beats not-run":         {must, []types.SpecReport{skippedFor(NotRun, "r"), passed}, Pass, ""},
		"not-run beats n/a":          {must, []types.SpecReport{skippedFor(NotApplicable, "n"), spec("lock/b", types.SpecStateSkipped, must, Hold{NotRun, "r", ""})}, NotRun, "r"},
		"not applicable":             {must, []types.SpecReport{skippedFor(NotApplicable, "no candidate")}, NotApplicable, "no candidate"},
		"broken twice in one spec":   {must, []types.SpecReport{spec("lock/a", types.SpecStateFailed, must, held, broke)}, Violation, "in lock/a"},
		"demanded though not listed": {must, []types.SpecReport{spec("lock/a", types.SpecStateFailed, broke)}, Violation, "in lock/a"},
		"spec ended earlier":         {mustToo, []types.SpecReport{spec("lock/a", types.SpecStateFailed, must, mustToo, broke)}, NotRun, "not reached: lock/a ended earlier, where it breaks " + must},
		"another way taken":          {mustToo, []types.SpecReport{spec("lock/a", types.SpecStatePassed, must, mustToo, held)}, NotRun, "not reached: lock/a took a way on which it is not demanded"},
		"held back alone":            {mustToo, []types.SpecReport{spec("lock/a", types.SpecStatePassed, must, mustToo, held, Hold{NotRun, "w", mustToo})}, NotRun, "w"},
		"erred before":               {mustToo, []types.SpecReport{spec("lock/a", types.SpecStateFailed, must, mustToo, held, Fault{"f"})}, Error, "f"},
		"held, then erred":           {must, []types.SpecReport{spec("lock/a", types.SpecStateFailed, must, held, Fault{"f"})}, Pass, ""},
		"interrupted":                {must, []types.SpecReport{spec("lock/a", types.SpecStateInterrupted, must, broke)}, NotRun, "the run broke off"},
		"advisory":                   {should, []types.SpecReport{spec("lock/a", types.SpecStatePassed, should, Demand{should, false, "m", nil})}, Advisory, "in lock/a"},
		"MAY":                        {may, []types.SpecReport{spec("lock/a", types.SpecStatePassed, may, Demand{may, false, "m", nil})}, Pass, "observed"},
		"MAY without a demand":       {may, []types.SpecReport{spec("lock/a", types.SpecStatePassed, may)}, Pass, "observed"},
		"observed":                   {seen, []types.SpecReport{spec("lock/a", types.SpecStatePassed, seen)}, Pass, "observed"},
		"observed, spec violated":    {seen, []types.SpecReport{spec("lock/a", types.SpecStateFailed, seen, must, broke)}, Pass, "observed"},
		"observed, spec not run":     {seen, []types.SpecReport{spec("lock/a", types.SpecStateSkipped, seen, Hold{NotRun, "r", ""})}, NotRun, "r"},
		"not testable":               {never, []types.SpecReport{passed}, NotRun, "Nothing on the wire shows it."},
		"not covered":                {should, []types.SpecReport{passed}, NotRun, "no spec of this run covers it"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			r := Judge(c.specs, Input{Requirements: catalogue()})
			q, ok := r.Requirement(c.id)
			g.Expect(ok).To(BeTrue())
			g.Expect(q.Verdict).To(Equal(c.verdict))
			g.Expect(q.Reason).To(Equal(c.reason))
			g.Expect(r.Requirements).To(HaveLen(len(catalogue())))
		})
	}
}

func TestRequirementNamesItsSpecs(t *testing.T) {
	r := Judge([]types.SpecReport{
		spec("lock/a", types.SpecStatePassed, must, Demand{must, true, "", nil}), spec("lock/b", types.SpecStateSkipped, must),
	}, Input{Requirements: catalogue()})
	q, _ := r.Requirement(must)
	NewWithT(t).Expect(q).To(Equal(Requirement{
		ID: must, RFC: "6241", Section: "7.5", Level: "MUST", Testable: "yes", ServerMust: "Deny the lock.",
		Verdict: Pass, Specs: []string{"lock/a", "lock/b"},
	}))
	_, ok := r.Requirement("rfc0-0-none")
	NewWithT(t).Expect(ok).To(BeFalse())
}

func TestSpecHoldsWhatWasLeft(t *testing.T) {
	g := NewWithT(t)
	s, _ := judgeOne(Input{}, spec("lock/a", types.SpecStatePassed, must, should, "slow", Demand{must, true, "", nil},
		Observation{Name: "tag", Value: "in-use", Legal: []string{"in-use", "lock-denied"}}, Observation{Name: "ms", Value: 1.5},
		RPC{"lock", 2.5}, Recorded{"transcripts/lock/a.yaml"}, Seen{[]string{"lock/b"}}, MonitorLabel, "some other entry"))

	g.Expect(s).To(Equal(Spec{
		ID: "lock/a", Suite: "lock", Text: "lock contention: denies the second session", Requirements: []string{must, should},
		Level: "MUST", Verdict: Pass, Location: "suites/lock/7_5_lock.go:12", DurationMS: 1.5,
		Observations: []Observation{{"tag", "in-use", []string{"in-use", "lock-denied"}}, {"ms", 1.5, []string{}}},
		RPCs:         []RPC{{"lock", 2.5}}, Transcript: "transcripts/lock/a.yaml", Broken: []Broken{}, Faults: []string{},
		Monitor: true, SeenIn: []string{"lock/b"},
	}))
}

func TestIDOfASpec(t *testing.T) {
	for name, c := range map[string]struct {
		label, text, id, rest string
	}{
		"in a label":          {"id:lock/a", "denies it", "lock/a", "c: denies it"},
		"in label and text":   {"id:lock/a", "lock/a denies it", "lock/a", "c: denies it"},
		"in front":            {"", "lock/a denies it", "lock/a", "c: denies it"},
		"alone":               {"", "session/documented/step-1", "session/documented/step-1", "c"},
		"none":                {"", "Denies it!", "unnamed/denies-it", "c: Denies it!"},
		"label is for others": {"owner:me", "lock/a x", "lock/a", "c: x"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			report := types.SpecReport{LeafNodeText: c.text, ContainerHierarchyTexts: []string{"c"}}
			if c.label != "" {
				report.LeafNodeLabels = []string{c.label}
			}
			id, text := identify(report)
			g.Expect(id).To(Equal(c.id))
			g.Expect(text).To(Equal(c.rest))
		})
	}
}

func TestAnIDTwiceIsNumbered(t *testing.T) {
	one := spec("lock/a", types.SpecStatePassed, Demand{"", true, "", nil})
	r := Judge([]types.SpecReport{one, one, one}, Input{})
	NewWithT(t).Expect([]string{r.Specs[0].ID, r.Specs[1].ID, r.Specs[2].ID}).To(Equal([]string{"lock/a", "lock/a-2", "lock/a-3"}))
}

func TestOtherNodesCountOnlyWhenTheyFail(t *testing.T) {
	g := NewWithT(t)
	node := func(kind types.NodeType, state types.SpecState) types.SpecReport {
		r := spec("", state, message("cannot connect"))
		r.LeafNodeType, r.LeafNodeText, r.ContainerHierarchyTexts = kind, "", nil
		return r
	}
	r := Judge([]types.SpecReport{
		node(types.NodeTypeBeforeSuite, types.SpecStateFailed),
		node(types.NodeTypeAfterSuite, types.SpecStatePassed),
		node(types.NodeTypeCleanupAfterSuite, types.SpecStateFailed),
		spec("lock/a", types.SpecStateSkipped, must),
	}, Input{Requirements: catalogue()})

	g.Expect(r.Specs).To(HaveLen(3))
	g.Expect(r.Specs[0].ID).To(Equal("run/beforesuite"))
	g.Expect(r.Specs[0].Suite).To(Equal("run"))
	g.Expect(r.Specs[0].Text).To(Equal("BeforeSuite"))
	g.Expect(r.Specs[0].Verdict).To(Equal(Error))
	g.Expect(r.Specs[0].Message).To(ContainSubstring("cannot connect"))
	g.Expect(r.Specs[1].ID).To(Equal("run/defercleanup-suite"))
	g.Expect(r.Specs[2].Verdict).To(Equal(NotRun))
	g.Expect(r.Specs[2].Reason).To(Equal("the run broke off"))
	g.Expect(r.Run.Complete).To(BeFalse())
	g.Expect(r.Exit()).To(Equal(ExitError))
}

func TestExitCodes(t *testing.T) {
	passed := spec("lock/a", types.SpecStatePassed, must, Demand{must, true, "", nil})
	violated := spec("lock/b", types.SpecStateFailed, must, Demand{must, false, "m", nil})
	erred := spec("lock/c", types.SpecStateFailed, must, Fault{"f"})
	heldBack := spec("lock/d", types.SpecStateSkipped, must, Hold{NotRun, "needs --slow", ""})
	brokenOff := spec("lock/e", types.SpecStateInterrupted, must)
	for name, c := range map[string]struct {
		specs    []types.SpecReport
		in       Input
		exit     int
		complete bool
	}{
		"all pass":                    {[]types.SpecReport{passed}, Input{}, 0, true},
		"some held back":              {[]types.SpecReport{passed, heldBack}, Input{}, 0, true},
		"a violation":                 {[]types.SpecReport{passed, violated}, Input{}, 1, true},
		"a violation and an error":    {[]types.SpecReport{erred, violated}, Input{}, 1, true},
		"an error":                    {[]types.SpecReport{passed, erred}, Input{}, 4, true},
		"broken off":                  {[]types.SpecReport{passed, brokenOff}, Input{}, 4, false},
		"broken off with a violation": {[]types.SpecReport{violated, brokenOff}, Input{}, 1, false},
		"no specs":                    {nil, Input{}, 4, true},
		"nothing executed":            {[]types.SpecReport{heldBack}, Input{}, 4, true},
		"nothing answered any more":   {[]types.SpecReport{erred}, Input{BrokenOff: true}, 4, false},
		"unusable":                    {[]types.SpecReport{violated, erred}, Input{Unusable: "refused"}, 3, false},
		"unusable with waivers":       {nil, Input{Unusable: "refused", Waivers: []Waiver{{ID: must, Reason: "r"}, {ID: "no/such", Reason: "r"}}}, 3, false},
		"interrupted":                 {[]types.SpecReport{violated}, Input{Interrupted: true, Unusable: "refused"}, 130, false},
		"waived":                      {[]types.SpecReport{violated}, Input{Waivers: []Waiver{{ID: must, Reason: "r"}}}, 0, true},
		"waived and an error":         {[]types.SpecReport{violated, erred}, Input{Waivers: []Waiver{{ID: must, Reason: "r"}}}, 4, true},
		"a stale waiver":              {[]types.SpecReport{passed}, Input{Waivers: []Waiver{{ID: must, Reason: "r"}}}, 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			c.in.Requirements = catalogue()
			r := Judge(c.specs, c.in)
			g.Expect(r.Exit()).To(Equal(c.exit))
			g.Expect(r.Run.Exit).To(Equal(c.exit))
			g.Expect(r.Run.Complete).To(Equal(c.complete))
		})
	}
}

func TestAddBringsTheExitUpToDate(t *testing.T) {
	g := NewWithT(t)
	r := Judge([]types.SpecReport{spec("lock/a", types.SpecStatePassed, Demand{"", true, "", nil})}, Input{})
	g.Expect(r.Exit()).To(Equal(0))
	r.Add(Spec{ID: "run/late", Suite: "run", Verdict: Error})
	g.Expect(r.Run.Exit).To(Equal(4))
	g.Expect(r.Summary).To(HaveKeyWithValue(Error, 1))
	g.Expect(r.Specs[1].Requirements).NotTo(BeNil())
	r.Add(Spec{ID: "run/late", Suite: "run", Verdict: Error})
	g.Expect(r.Specs[2].ID).To(Equal("run/late-2"))
}

func TestInterruptBringsTheExitUpToDate(t *testing.T) {
	g := NewWithT(t)
	r := Judge([]types.SpecReport{spec("lock/a", types.SpecStatePassed, Demand{"", true, "", nil})}, Input{})
	r.Interrupt()
	g.Expect(r.Run.Exit).To(Equal(130))
	g.Expect(r.Run.Complete).To(BeFalse())
}

func TestPreview(t *testing.T) {
	for want, report := range map[Verdict]types.SpecReport{
		Pass:          spec("lock/a", types.SpecStatePassed, Demand{must, true, "", nil}),
		Violation:     spec("lock/a", types.SpecStateFailed, Demand{must, false, "m", nil}),
		Advisory:      spec("lock/a", types.SpecStatePassed, Demand{should, false, "m", nil}),
		Error:         spec("lock/a", types.SpecStateFailed, Fault{"f"}),
		NotApplicable: spec("lock/a", types.SpecStateSkipped, Hold{NotApplicable, "n", ""}),
		NotRun:        spec("lock/a", types.SpecStateSkipped),
	} {
		id, v := Preview(report)
		NewWithT(t).Expect(id).To(Equal("lock/a"))
		NewWithT(t).Expect(v).To(Equal(want))
	}
}

func TestUnusableTargetIsTheReasonOfEachRequirement(t *testing.T) {
	r := Judge(nil, Input{Requirements: catalogue(), Unusable: "connection refused"})
	g := NewWithT(t)
	q, _ := r.Requirement(must)
	g.Expect(q.Verdict).To(Equal(NotRun))
	g.Expect(q.Reason).To(Equal("the target is unusable: connection refused"))
	q, _ = r.Requirement(never)
	g.Expect(q.Reason).To(Equal("Nothing on the wire shows it."))
}

func TestEqualMessagesStandOnce(t *testing.T) {
	g := NewWithT(t)
	var entries []any
	for range 3 {
		entries = append(entries, Demand{must, false, "same", nil})
	}
	for i := range 30 {
		entries = append(entries, Demand{mustToo, false, fmt.Sprint("message ", i), nil})
	}
	s, _ := judgeOne(Input{}, spec("lock/a", types.SpecStateFailed, entries...))
	g.Expect(s.Broken).To(HaveLen(21))
	g.Expect(s.Broken[0].Message).To(Equal("same\n(3 times)"))
	g.Expect(s.Broken[20].Message).To(Equal("message 19\n(and 10 more of this requirement)"))
}

func TestLongMessagesAreClipped(t *testing.T) {
	g := NewWithT(t)
	s, _ := judgeOne(Input{}, spec("lock/a", types.SpecStateFailed, Demand{must, false, strings.Repeat("é", 10<<10), nil}))
	g.Expect(s.Broken[0].Message).To(HaveSuffix("é\n… 4096 more octets, see the transcript"))
}

func TestReportHoldsNoPathOfThisMachine(t *testing.T) {
	stack := "main.f()\n\t" + moduleRoot() + "suites/lock/7_5_lock.go:40 +0x1d\nother.g()\n\t/usr/lib/go/src/testing.go:1 +0x2\n"
	panicked := types.Failure{ForwardedPanic: "boom", Location: types.CodeLocation{FileName: "/usr/lib/go/panic.go", LineNumber: 1, FullStackTrace: stack}}
	elsewhere := spec("lock/b", types.SpecStatePassed)
	elsewhere.LeafNodeLocation = types.CodeLocation{FileName: "/home/someone/their/suite_test.go", LineNumber: 3}
	step := spec("mine/c", types.SpecStatePassed)
	step.LeafNodeLocation = types.CodeLocation{CustomMessage: "documented/session.yaml:12"}
	r := Judge([]types.SpecReport{spec("lock/a", types.SpecStatePanicked, panicked), elsewhere, step}, Input{})

	g := NewWithT(t)
	g.Expect(r.Specs[0].Message).To(Equal("the spec panicked: boom\n  at suites/lock/7_5_lock.go:40"))
	g.Expect(r.Specs[1].Location).To(Equal("suite_test.go:3"))
	g.Expect(r.Specs[2].Location).To(Equal("documented/session.yaml:12"))
	data, err := json.Marshal(r)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(data)).NotTo(ContainSubstring(filepath.ToSlash(moduleRoot())))
}

func TestListsAreNeverNull(t *testing.T) {
	r := Judge([]types.SpecReport{spec("lock/a", types.SpecStatePassed)}, Input{Requirements: catalogue()})
	data, err := json.Marshal(r)
	g := NewWithT(t)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(strings.ReplaceAll(string(data), `"waiver":null`, "")).NotTo(ContainSubstring("null"))
}

func TestSuitesKeepTheOrderOfTheRun(t *testing.T) {
	r := Judge([]types.SpecReport{spec("b/1", types.SpecStatePassed), spec("a/1", types.SpecStatePassed), spec("b/2", types.SpecStatePassed)}, Input{})
	g := NewWithT(t)
	suites := r.Suites()
	g.Expect(suites).To(HaveLen(2))
	g.Expect(suites[0].Name).To(Equal("b"))
	g.Expect(suites[0].Specs).To(HaveLen(2))
	g.Expect(suites[1].Name).To(Equal("a"))
}

func TestEqualDemandsCountOnceWhereverTheyWereJudged(t *testing.T) {
	at := func(event int) *Where { return &Where{XPath: "/nc:hello", Event: event} }
	s, _ := judgeOne(Input{Requirements: catalogue()}, spec("lock/a", types.SpecStateFailed, must,
		Demand{must, false, "m", at(1)}, Demand{must, false, "m", at(2)}))
	NewWithT(t).Expect(s.Broken).To(Equal([]Broken{{must, Violation, "m\n(2 times)", at(1)}}))
}
