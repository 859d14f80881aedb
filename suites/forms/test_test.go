package forms

import (
	"context"
	"errors"
	"net"
	"testing"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/suites"
)

// few are options for a short run.
func few() suites.Options {
	return suites.Options{Specs: []string{"lock/granted", "lock/own-twice", "lock/denied-names-holder"}}
}

func testPasses(t *testing.T) { suites.Test(t, few()) }

func TestTestPasses(t *testing.T) {
	t.Parallel()
	said, passed := played(t, "test")
	g := NewWithT(t)
	g.Expect(passed).To(BeTrue(), said)
	g.Expect(said).To(ContainSubstring("pass: lock/denied-names-holder"))
	g.Expect(said).To(ContainSubstring("not-run: hello/server-sends-hello: left out by --spec"))
}

func testBroken(t *testing.T) {
	o := few()
	o.Defects = []string{"own-lock-granted-again"}
	suites.Test(t, o)
}

func TestTestFails(t *testing.T) {
	t.Parallel()
	said, passed := played(t, "test broken")
	g := NewWithT(t)
	g.Expect(passed).To(BeFalse(), said)
	g.Expect(said).To(And(ContainSubstring("violation: lock/own-twice"), ContainSubstring("rfc6241-7.5-lock-own-twice (")))
}

// nobody is a target that cannot be reached.
func nobody(t *testing.T) *target.Target {
	t.Helper()
	g := NewWithT(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(listener.Close()).To(Succeed())
	nobody, err := target.ParseURL("ssh://admin@" + listener.Addr().String())
	g.Expect(err).NotTo(HaveOccurred())
	return nobody
}

func testUnusable(t *testing.T) { suites.Test(t, suites.Options{Target: nobody(t)}) }

func TestTestSaysWhatCannotBeReached(t *testing.T) {
	t.Parallel()
	said, passed := played(t, "test unusable")
	NewWithT(t).Expect(passed).To(BeFalse(), said)
	NewWithT(t).Expect(said).To(ContainSubstring("connection refused"))
}

func TestTestRefusesFlagsThatGinkgoRefuses(t *testing.T) {
	t.Parallel()
	for _, flag := range []string{"parallel", "count"} {
		said, passed := played(t, "test", "-test."+flag+"=2")
		g := NewWithT(t)
		g.Expect(passed).To(BeFalse(), said)
		g.Expect(said).To(And(ContainSubstring("--- FAIL: TestPlay"), ContainSubstring("run go test without it")))
	}
}

func testTwice(t *testing.T) {
	for _, name := range []string{"one", "other"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			suites.Test(t, few())
		})
	}
}

func TestTestsTakeTurns(t *testing.T) {
	t.Parallel()
	said, passed := played(t, "test twice")
	g := NewWithT(t)
	g.Expect(passed).To(BeTrue(), said)
	for _, name := range []string{"one", "other"} {
		g.Expect(said).To(ContainSubstring("--- PASS: TestPlay/" + name))
	}
}

func testBesideGinkgo(t *testing.T) {
	ginkgo.Describe("somebody's own", func() { ginkgo.It("runs", func() {}) })
	t.Run("ncspec", func(t *testing.T) { suites.Test(t, few()) })
	t.Run("own", func(t *testing.T) { ginkgo.RunSpecs(t, "own") })
}

func TestTestRefusesBesideGinkgo(t *testing.T) {
	t.Parallel()
	said, passed := played(t, "test beside ginkgo")
	g := NewWithT(t)
	g.Expect(passed).To(BeFalse(), said)
	g.Expect(said).To(ContainSubstring("this package has 1 Ginkgo specs of its own: call suites.Register in its suite instead of suites.Test"))
	g.Expect(said).To(And(ContainSubstring("--- FAIL: TestPlay/ncspec"), ContainSubstring("--- PASS: TestPlay/own"), ContainSubstring("Ran 1 of 1 Specs")))
}

func testInsideGinkgo(t *testing.T) {
	ginkgo.Describe("somebody's own", func() {
		ginkgo.It("runs ncspec", func() {
			t.Run("ncspec", func(t *testing.T) { suites.Test(t, few()) })
			if _, err := suites.Run(context.Background(), few()); !errors.Is(err, suites.ErrInside) {
				ginkgo.Fail("expected ErrInside")
			}
		})
		ginkgo.It("and goes on", func() {})
	})
	ginkgo.RunSpecs(t, "own")
}

func TestTestRefusesInsideGinkgo(t *testing.T) {
	t.Parallel()
	said, passed := played(t, "test inside ginkgo")
	g := NewWithT(t)
	g.Expect(passed).To(BeFalse(), said)
	g.Expect(said).To(ContainSubstring(suites.ErrInside.Error()))
	g.Expect(said).To(ContainSubstring("2 Passed"))
}

func TestRunsTakeNoTurns(t *testing.T) {
	g := NewWithT(t)
	o := few()
	var busy []error
	o.Progress = func(int, int, string, verdict.Verdict) {
		if busy == nil {
			_, err := suites.Run(context.Background(), few())
			_, _, listing := suites.List(few())
			_, saying := suites.Hello(context.Background(), few())
			busy = []error{err, listing, saying}
		}
	}
	report, err := suites.Run(context.Background(), o)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(report.Exit()).To(BeZero())
	g.Expect(busy).To(HaveExactElements(MatchError(suites.ErrBusy), MatchError(suites.ErrBusy), MatchError(suites.ErrBusy)))
}
