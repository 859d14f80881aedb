package dsl_test

import (
	"errors"
	"testing"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/harness/wire"
)

// holds is a spec that demands what holds.
func holds(id string) func(ginkgo.SpecContext) {
	return func(ginkgo.SpecContext) { dsl.Demand(id, nil).To(match.Succeed()) }
}

func TestGating(t *testing.T) {
	type mend = func(*dsl.Run)
	none := func(*dsl.Run) {}
	lacks := func(change func(*target.Fixture)) mend {
		return func(r *dsl.Run) { f := *r.Target.Fixture; change(&f); r.Target.Fixture = &f }
	}
	for name, c := range map[string]struct {
		profile    string
		run        mend
		covers     string
		decorators []any
		verdict    verdict.Verdict
		reason     string
	}{
		"nothing in the way": {"full", none, must, nil, verdict.Pass, ""},

		"claimed":                             {"full", none, candidate, nil, verdict.Pass, ""},
		"not claimed":                         {"running-only", none, candidate, nil, verdict.NotApplicable, "the server does not claim candidate"},
		"one of two claimed":                  {"full", none, either, nil, verdict.Pass, ""},
		"neither claimed":                     {"running-only", none, either, nil, verdict.NotApplicable, "the server does not claim url or candidate"},
		"claimed and unwanted":                {"full", none, without, nil, verdict.NotApplicable, "the server claims candidate"},
		"not claimed, as asked":               {"running-only", none, without, nil, verdict.Pass, ""},
		"more than its requirements ask":      {"full", none, must, []any{dsl.Needs("urn:nobody:has:this")}, verdict.NotApplicable, "the server does not claim urn:nobody:has:this"},
		"what is claimed comes before safety": {"running-only", none, url, nil, verdict.NotApplicable, "the server does not claim url"},

		"above the safety level": {"full", none, server, nil, verdict.NotRun, "it touches server, and --safety is running"},
		"at the safety level":    {"full", func(r *dsl.Run) { r.Safety = effect.Disruptive }, server, nil, verdict.Pass, ""},
		"a lock is more than read-only": {"full", func(r *dsl.Run) { r.Safety = effect.ReadOnly }, locks, nil, verdict.NotRun,
			"it touches lock, and --safety is read-only"},
		"widened by the spec": {"full", func(r *dsl.Run) { r.Safety = effect.Careful }, must, []any{dsl.Touches(effect.Running)}, verdict.NotRun,
			"it touches running, and --safety is candidate"},
		"never narrowed by the spec": {"full", func(r *dsl.Run) { r.Safety = effect.ReadOnly }, edits, []any{dsl.Touches(effect.Nothing)}, verdict.NotRun,
			"it touches candidate, and --safety is read-only"},
		"an edit reaches running without a candidate": {"running-only", func(r *dsl.Run) { r.Safety = effect.Careful }, edits, nil, verdict.NotRun,
			"it touches running, and --safety is candidate"},
		"a monitor touches nothing": {"full", func(r *dsl.Run) { r.Safety = effect.ReadOnly }, server, []any{dsl.Monitor()}, verdict.Pass, ""},

		"slow":             {"full", none, slow, nil, verdict.NotRun, "it waits 11s, and runs with --slow only"},
		"slow, as allowed": {"full", func(r *dsl.Run) { r.Slow = true }, slow, nil, verdict.Pass, ""},

		"filtered": {"full", func(r *dsl.Run) { r.Select = func(string, []string) string { return "left out by --skip" } }, must, nil, verdict.NotRun,
			"left out by --skip"},
		"the run is over":      {"full", func(r *dsl.Run) { r.Over = func() bool { return true } }, must, nil, verdict.NotRun, "the run was ended"},
		"no session to be had": {"full", func(r *dsl.Run) { r.Mute = "no session can be had" }, must, nil, verdict.NotRun, "no session can be had"},
		"and none needed":      {"full", func(r *dsl.Run) { r.Mute = "no session can be had" }, must, []any{dsl.Bare()}, verdict.Pass, ""},

		"a leaf":                    {"full", none, must, []any{dsl.Needs("fixture:leaf", "fixture:text", "fixture:list")}, verdict.Pass, ""},
		"no leaf":                   {"full", lacks(func(f *target.Fixture) { f.Leaf = nil }), must, []any{dsl.Needs("fixture:leaf")}, verdict.NotRun, "no fixture leaf is known"},
		"no text leaf":              {"full", lacks(func(f *target.Fixture) { f.TextLeaf = false }), must, []any{dsl.Needs("fixture:text")}, verdict.NotRun, "takes any text"},
		"no list":                   {"full", lacks(func(f *target.Fixture) { f.List = nil }), must, []any{dsl.Needs("fixture:list")}, verdict.NotRun, "no fixture list is known"},
		"list or leaf":              {"full", lacks(func(f *target.Fixture) { f.List = nil }), must, []any{dsl.Needs("fixture:list|fixture:leaf")}, verdict.Pass, ""},
		"no fixture":                {"full", func(r *dsl.Run) { r.Target.Fixture = nil }, must, []any{dsl.Needs("fixture:leaf")}, verdict.NotRun, "no fixture leaf is known"},
		"not wanted":                {"full", none, must, []any{dsl.Needs("!fixture:leaf")}, verdict.NotApplicable, "it is for targets without fixture:leaf"},
		"not wanted, and not there": {"full", func(r *dsl.Run) { r.Target.Fixture = nil }, must, []any{dsl.Needs("!fixture:leaf")}, verdict.Pass, ""},
		"not wanted, or claimed":    {"full", none, must, []any{dsl.Needs("!fixture:leaf|candidate")}, verdict.Pass, ""},
		"no side way":               {"full", none, must, []any{dsl.Needs("side-channel")}, verdict.NotRun, "side channel"},
		"no second user":            {"full", none, must, []any{dsl.Needs("second-user")}, verdict.NotRun, "no second user is known"},
		"no odd user":               {"full", none, must, []any{dsl.Needs("odd-user")}, verdict.NotRun, "no account is known"},
		"no ports":                  {"full", none, must, []any{dsl.Needs("default-ports")}, verdict.NotRun, "default settings"},
		"no operational":            {"full", none, must, []any{dsl.Needs("fixture:operational")}, verdict.NotRun, "no operational request is known"},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t, reference.Options{Profile: c.profile}, c.run)
			spec := l.one(holds(c.covers), append(c.decorators, dsl.Covers(c.covers))...)
			l.Expect(spec.Verdict).To(Equal(c.verdict), spec.Reason)
			l.Expect(spec.Reason).To(ContainSubstring(c.reason))
		})
	}
}

func TestWhatSomebodyIsAtHoldsSpecsBack(t *testing.T) {
	for name, c := range map[string]struct {
		before func(*lab)
		reason string
	}{
		"a lock": {func(l *lab) { l.open().Lock(l.t.Context(), datastore.Running) }, "somebody holds the lock on running (session 2)"},
		"a candidate with changes": {func(l *lab) {
			l.open().EditConfig(l.t.Context(), datastore.Candidate, l.run.Target.Fixture.Leaf.Config("x", ""))
		}, "the candidate already holds changes that somebody has not committed"},
	} {
		t.Run(name, func(t *testing.T) {
			for touches, held := range map[effect.Effect]bool{effect.Session: false, effect.Lock: true, effect.Running: true} {
				l := newLab(t, reference.Options{})
				c.before(l)
				spec := l.one(holds(must), dsl.Covers(must), dsl.Touches(touches))
				if !held {
					l.Expect(spec.Verdict).To(Equal(verdict.Pass), spec.Reason)
					continue
				}
				l.Expect(spec.Verdict).To(Equal(verdict.NotRun))
				l.Expect(spec.Reason).To(Equal(c.reason))
			}
		})
	}
}

func TestASpecCannotSendMoreThanItSays(t *testing.T) {
	l := newLab(t, reference.Options{})
	spec := l.one(func(ctx ginkgo.SpecContext) {
		reply := dsl.Open(ctx).Commit(ctx)
		dsl.Demand(locks, reply).To(match.BeOK())
	}, dsl.Covers(locks))
	l.Expect(spec.Verdict).To(Equal(verdict.Error))
	l.Expect(spec.Reason).To(ContainSubstring("its effect running goes beyond lock, which is all that lab/spec declares"))
	l.Expect(l.sent()).NotTo(ContainSubstring("<commit"))
}

// committing are the octets of a hello and a commit.
func committing() []byte {
	octets := wire.Append(nil, wire.EndOfMessage, netconf.MarshalHello(0, netconf.Base10))
	return wire.Append(octets, wire.EndOfMessage, netconf.Request{MessageID: "1", Operation: netconf.Commit()}.Marshal())
}

// Whatever a spec declares, nothing above the safety level leaves.
func TestNothingAboveTheSafetyLevelIsSent(t *testing.T) {
	for name, send := range map[string]func(ginkgo.SpecContext){
		"an RPC": func(ctx ginkgo.SpecContext) {
			s := dsl.Open(ctx)
			s.Lock(ctx, datastore.Running)
			s.EditConfig(ctx, datastore.Candidate, dsl.FixtureLeaf(ctx).Config("x", ""))
			s.RPC(ctx, `<nc:commit xmlns:nc="`+netconf.BaseNamespace+`"/>`)
		},
		"octets": func(ctx ginkgo.SpecContext) {
			s := dsl.Open(ctx)
			_, frame := s.Frame(netconf.Commit())
			_ = s.Break(ctx, frame)
		},
		"octets on a stream of the spec's own": func(ctx ginkgo.SpecContext) {
			stream, err := dsl.Connect(ctx).Open(ctx)
			dsl.Given(err).To(match.Succeed())
			s := dsl.Adopt(stream)
			dsl.Given(s.Exchange(ctx)).To(match.Succeed())
			s.Commit(ctx)
		},
		"octets past the session": func(ctx ginkgo.SpecContext) {
			s := dsl.Open(ctx)
			_, frame := s.Frame(netconf.Commit())
			_, err := s.Stream().Write(frame)
			dsl.Given(errors.As(err, new(*session.Refused))).To(match.Equal(true))
			for i := range frame { // cut, so that no piece shows what it is
				if _, err = s.Stream().Write(frame[i : i+1]); err != nil {
					break
				}
			}
			dsl.Given(errors.As(err, new(*session.Refused))).To(match.Equal(true))
		},
		"octets on a stream without a session": func(ctx ginkgo.SpecContext) {
			stream, err := dsl.Connect(ctx).Open(ctx)
			dsl.Given(err).To(match.Succeed())
			_, err = stream.Write(committing())
			dsl.Given(errors.As(err, new(*session.Refused))).To(match.Equal(true))
		},
		"octets that come early": func(ctx ginkgo.SpecContext) {
			_, err := dsl.Connect(ctx).(transport.EarlyOpener).OpenEarly(ctx, committing())
			dsl.Given(errors.As(err, new(*session.Refused))).To(match.Equal(true))
		},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t, reference.Options{}, func(r *dsl.Run) { r.Safety = effect.ReadOnly })
			spec := l.one(func(ctx ginkgo.SpecContext) {
				// The gate lets the spec in; what it then does is another matter.
				dsl.FromContext(ctx).Guard.Enter("lab/spec", effect.Server)
				send(ctx)
			}, dsl.Covers(must))
			l.Expect(spec.Faults).To(BeEmpty())
			_ = l.server.Close()
			l.Expect(l.sent()).To(ContainSubstring("<hello"))
			l.Expect(l.sent()).NotTo(Or(ContainSubstring("lock"), ContainSubstring("edit-config"), ContainSubstring("commit")))
		})
	}
}

func TestASpecsEditsAreUndoneBehindIt(t *testing.T) {
	l := newLab(t, reference.Options{})
	var between string
	report := l.perform(func() {
		ginkgo.Describe("", ginkgo.Ordered, func() {
			dsl.It("edits", dsl.Spec("lab/edits"), dsl.Covers(edits), dsl.Touches(effect.Running), func(ctx ginkgo.SpecContext) {
				s := dsl.Open(ctx)
				leaf := dsl.FixtureLeaf(ctx)
				leaf.Change(ctx, s)
				dsl.Demand(edits, s.Commit(ctx)).To(match.BeOK())
				dsl.Given(s.Lock(ctx, datastore.Running)).To(match.BeOK()) // given up when the session is closed
			})
			dsl.It("looks", dsl.Spec("lab/looks"), dsl.Covers(must), func(ctx ginkgo.SpecContext) {
				between = dsl.FixtureLeaf(ctx).Read(ctx, dsl.Open(ctx), datastore.Running)
				holds(must)(ctx)
			})
		})
	})
	l.Expect(report.Summary[verdict.Pass]).To(Equal(2), "%v", report.Specs)
	l.Expect(between).To(Equal("admin@ncspec.example"))
}
