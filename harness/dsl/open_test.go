package dsl_test

import (
	"context"
	"testing"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/transport/ssh"
	"github.com/ncspec/ncspec/harness/verdict"
)

// starting is the way to a server that refuses connections a few times.
type starting struct {
	transport.Dialer
	refuses int
	asked   int
}

func (s *starting) Dial(ctx context.Context) (transport.Conn, error) {
	s.asked++
	if s.asked <= s.refuses {
		return nil, &ssh.Error{Kind: ssh.ErrUnreachable, Doing: "connecting to", Address: "here"}
	}
	return s.Dialer.Dial(ctx)
}

func TestAServerThatStartsAgainIsWaitedFor(t *testing.T) {
	l := newLab(t, reference.Options{})
	l.run.Dialer = &starting{Dialer: l.run.Dialer, refuses: 3}
	spec := l.one(func(ctx ginkgo.SpecContext) { dsl.Demand(must, dsl.Open(ctx).Ping(ctx)).To(match.CarryData()) }, dsl.Covers(must))
	l.Expect(spec.Verdict).To(Equal(verdict.Pass), spec.Message)
}

func TestAServerThatWasNeverThereIsNot(t *testing.T) {
	l := newLab(t, reference.Options{})
	dialer := &starting{Dialer: l.run.Dialer, refuses: 3}
	run := &dsl.Run{Target: l.run.Target, Dialer: dialer}
	_, err := run.OpenPlain(t.Context(), "first")
	l.Expect(err).To(MatchError(ssh.ErrUnreachable))
	l.Expect(dialer.asked).To(Equal(1))
}

func TestWhatASpecOpensIsClosedBehindIt(t *testing.T) {
	l := newLab(t, reference.Options{})
	report := l.perform(func() {
		ginkgo.Describe("", ginkgo.Ordered, func() {
			dsl.It("takes a lock and leaves it", dsl.Spec("lab/first"), dsl.Covers(locks), func(ctx ginkgo.SpecContext) {
				dsl.Open(ctx)
				dsl.Open(ctx, dsl.On(dsl.Connect(ctx)))
				dsl.Demand(locks, dsl.Open(ctx).Lock(ctx, datastore.Running)).To(match.BeOK())
			})
			dsl.It("takes it too", dsl.Spec("lab/second"), dsl.Covers(locks), func(ctx ginkgo.SpecContext) {
				dsl.Demand(locks, dsl.Open(ctx).Lock(ctx, datastore.Running)).To(match.BeOK())
			})
		})
	})
	l.Expect(report.Summary[verdict.Pass]).To(Equal(2), "%v", report.Specs)
}

// A stage lasts over several specs; a run that breaks off does not come to its end.
func TestAStageIsLeftAtTheEndOfTheRun(t *testing.T) {
	l := newLab(t, reference.Options{})
	report := l.perform(func() {
		dsl.It("opens and locks", dsl.Spec("lab/step.one"), dsl.Covers(locks), dsl.Transcript(), func(ctx ginkgo.SpecContext) {
			stage := dsl.NewStage("lab/step")
			stage.Step()
			s, err := stage.Open(ctx)
			dsl.Given(err).To(match.Succeed())
			dsl.Demand(locks, s.Lock(ctx, datastore.Running)).To(match.BeOK())
		})
	})
	l.Expect(report.Summary[verdict.Pass]).To(Equal(1), "%v", report.Specs)
	l.Expect(l.open().Lock(t.Context(), datastore.Running).OK).To(BeTrue())
}
