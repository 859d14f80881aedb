package dsl_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/verdict"
)

// patient begins with a session, and counts how often.
func patient(begun *int) dsl.Ahead {
	return dsl.Ahead{Spec: "lab/patient", Begin: func(ctx context.Context, e *dsl.Early) error {
		*begun++
		s, err := e.Open(ctx)
		if err != nil {
			return err
		}
		return s.Ping(ctx).Err
	}}
}

// ahead runs a spec whose beginning the run makes ahead, where it is asked to.
func ahead(l *lab, a dsl.Ahead, early bool, body func(ginkgo.SpecContext, *dsl.Early)) verdict.Spec {
	l.t.Helper()
	report := l.perform(func() {
		ginkgo.Describe("", ginkgo.Ordered, func() {
			dsl.It("comes first", dsl.Spec("lab/first"), dsl.Covers(must), func(ctx ginkgo.SpecContext) {
				run := dsl.FromContext(ctx)
				if early {
					run.BeginAhead(ctx, []dsl.Ahead{a}, []dsl.Authored{{ID: a.Spec}})
				}
				dsl.Demand(must, dsl.Open(ctx).Ping(ctx)).To(match.CarryData())
			})
			dsl.It("waits", dsl.Spec("lab/patient"), dsl.Covers(more), func(ctx ginkgo.SpecContext) { body(ctx, dsl.Begun(ctx, a)) })
		})
	})
	for _, spec := range report.Specs {
		if spec.ID == "lab/patient" {
			return spec
		}
	}
	l.t.Fatal("the spec did not run")
	return verdict.Spec{}
}

func TestABeginningIsMadeOnce(t *testing.T) {
	for _, early := range []bool{true, false} {
		l, begun := newLab(t, reference.Options{}), 0
		spec := ahead(l, patient(&begun), early, func(ctx ginkgo.SpecContext, e *dsl.Early) {
			dsl.Demand(more, e.Sessions[0].Ping(ctx)).To(match.CarryData())
		})
		l.Expect(spec.Verdict).To(Equal(verdict.Pass), spec.Message)
		l.Expect(begun).To(Equal(1))
	}
}

func TestTimeThatHasGoneByIsNotWaitedForAgain(t *testing.T) {
	l, begun := newLab(t, reference.Options{}), 0
	spec := ahead(l, patient(&begun), true, func(_ ginkgo.SpecContext, e *dsl.Early) {
		dsl.Demand(more, e.Rest(time.Hour) < time.Hour && e.Rest(time.Nanosecond) == 0).To(match.BeTrue("time has gone by"))
	})
	l.Expect(spec.Verdict).To(Equal(verdict.Pass), spec.Message)
}

// What ended a session meanwhile may have been another spec's doing.
func TestASpecBeginsAnewWhereItsSessionHasEnded(t *testing.T) {
	folder, begun := t.TempDir(), 0
	l := newLab(t, reference.Options{}, func(r *dsl.Run) { r.Recordings = folder })
	a := patient(&begun)
	begin := a.Begin
	a.Begin = func(ctx context.Context, e *dsl.Early) error {
		err := begin(ctx, e)
		if begun == 1 {
			e.Sessions[0].CloseSession(ctx)
			e.Sessions[0].AwaitEnd(ctx)
		}
		return err
	}
	spec := ahead(l, a, true, func(ctx ginkgo.SpecContext, e *dsl.Early) {
		dsl.Demand(more, e.Sessions[0].Ping(ctx)).To(match.CarryData())
	})
	l.Expect(spec.Verdict).To(Equal(verdict.Pass), spec.Message)
	l.Expect(begun).To(Equal(2))
	text, err := os.ReadFile(filepath.Join(folder, spec.Transcript))
	l.Expect(err).NotTo(HaveOccurred())
	l.Expect(strings.Count(string(text), "</hello>")).To(Equal(2), "what was given up is not recorded")
	l.Expect(filepath.Glob(filepath.Join(folder, "transcripts", "lab", "*.part-*"))).To(BeEmpty())
}

func TestABeginningThatFailsIsAnErrorOfItsSpecOnly(t *testing.T) {
	l := newLab(t, reference.Options{})
	a := dsl.Ahead{Spec: "lab/patient", Begin: func(context.Context, *dsl.Early) error { return errors.New("no way") }}
	spec := ahead(l, a, true, func(ginkgo.SpecContext, *dsl.Early) {})
	l.Expect(spec.Verdict).To(Equal(verdict.Error))
	l.Expect(spec.Message).To(ContainSubstring("beginning the spec: no way"))
}
