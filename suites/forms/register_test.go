package forms

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/suites"
)

// own are nodes of somebody's own suite.
func own() {
	ginkgo.BeforeSuite(func() { println("own BeforeSuite") })
	ginkgo.AfterSuite(func() { println("own AfterSuite") })
	ginkgo.Describe("somebody's own", func() {
		ginkgo.BeforeEach(func() { println("own BeforeEach") })
		ginkgo.It("runs too /as before", func() { println("own It") })
	})
}

func registers(t *testing.T) {
	own()
	o := few()
	o.Specs = append(o.Specs, "rpc/empty-rpc", "rpc/output-well-formed")
	suites.Register(o)
	ginkgo.RunSpecs(t, "own")
}

func TestRegister(t *testing.T) {
	t.Parallel()
	said, passed := played(t, "register", "-ginkgo.v", "-ginkgo.seed=3")
	g := NewWithT(t)
	g.Expect(passed).To(BeTrue(), said)
	for _, node := range []string{"own BeforeSuite", "own BeforeEach", "own It", "own AfterSuite"} {
		g.Expect(strings.Count(said, node)).To(Equal(1), node)
	}
	g.Expect(said).To(And(ContainSubstring("lock/denied-names-holder"), ContainSubstring("0 Failed")))
	g.Expect(said).To(ContainSubstring("[ReportAfterSuite] ncspec puts the target back"))
}

func TestRegisterPutsMonitorsLast(t *testing.T) {
	t.Parallel()
	for _, flags := range [][]string{{"-ginkgo.seed=1"}, {"-ginkgo.seed=3", "-ginkgo.randomize-all"}} {
		said, passed := played(t, "register", append(flags, "-ginkgo.v")...)
		g := NewWithT(t)
		g.Expect(passed).To(BeTrue(), said)
		monitor := strings.Index(said, "rpc/output-well-formed ")
		g.Expect(monitor).To(BeNumerically(">", 0))
		for _, before := range []string{"lock/denied-names-holder ", "rpc/empty-rpc ", "own It"} {
			g.Expect(strings.Index(said, before)).To(And(BeNumerically(">", 0), BeNumerically("<", monitor)), before)
		}
	}
}

func TestRegisterTakesGinkgosFilters(t *testing.T) {
	t.Parallel()
	said, passed := played(t, "register", "-ginkgo.v", "-ginkgo.label-filter=rfc6241-7.5-lock-own-twice")
	g := NewWithT(t)
	g.Expect(passed).To(BeTrue(), said)
	g.Expect(said).To(And(ContainSubstring("lock/own-twice"), ContainSubstring("1 Passed")))
	g.Expect(said).NotTo(Or(ContainSubstring("own It"), ContainSubstring("lock/granted ")))
}

func TestRegisterInDryRun(t *testing.T) {
	t.Parallel()
	said, passed := played(t, "register", "-ginkgo.dry-run")
	NewWithT(t).Expect(passed).To(BeTrue(), said)
}

func registersBroken(t *testing.T) {
	own()
	o := few()
	o.Defects = []string{"own-lock-granted-again"}
	suites.Register(o)
	ginkgo.RunSpecs(t, "own")
}

func TestRegisterFails(t *testing.T) {
	t.Parallel()
	said, passed := played(t, "register broken")
	g := NewWithT(t)
	g.Expect(passed).To(BeFalse(), said)
	g.Expect(said).To(And(ContainSubstring("lock/own-twice"), ContainSubstring("rfc6241-7.5-lock-own-twice (RFC 6241 §7.5"), ContainSubstring("1 Failed")))
	g.Expect(said).To(ContainSubstring("own It"))
}

func registersUnusable(t *testing.T) {
	own()
	suites.Register(suites.Options{Target: nobody(t)})
	ginkgo.RunSpecs(t, "own")
}

func TestRegisterSaysOnceWhatCannotBeReached(t *testing.T) {
	t.Parallel()
	said, passed := played(t, "register unusable")
	g := NewWithT(t)
	g.Expect(passed).To(BeFalse(), said)
	g.Expect(said).To(And(ContainSubstring("connection refused"), ContainSubstring("1 Failed"), ContainSubstring("1 Passed")))
	g.Expect(said).To(ContainSubstring("own It"))
}

func registersWaived(t *testing.T) {
	o := few()
	o.Defects = []string{"own-lock-granted-again"}
	o.Waivers = []verdict.Waiver{{ID: "rfc6241-7.5-lock-own-twice", Reason: "bug 4711"}, {ID: "lock/granted", Reason: "bug 4712"},
		{ID: "lock/nowhere", Reason: "bug 4713"}}
	suites.Register(o)
	ginkgo.RunSpecs(t, "own")
}

func TestRegisterHeedsWaivers(t *testing.T) {
	t.Parallel()
	said, passed := played(t, "register waived", "-ginkgo.v")
	g := NewWithT(t)
	g.Expect(passed).To(BeFalse(), said)
	g.Expect(said).To(And(ContainSubstring("waived: bug 4711"), ContainSubstring("0 Failed")))
	g.Expect(said).To(ContainSubstring("The waiver for lock/granted is stale: its violation no longer occurs"))
	g.Expect(said).To(ContainSubstring("The waiver for lock/nowhere is stale: names no spec"))
	g.Expect(said).NotTo(ContainSubstring("The waiver for rfc6241-7.5-lock-own-twice is stale"))
}

func registersUnknown(t *testing.T) {
	suites.Register(suites.Options{Specs: []string{"lock/denied-names-owner"}})
	ginkgo.RunSpecs(t, "own")
}

func TestRegisterTellsOfFiltersThatNameNothing(t *testing.T) {
	t.Parallel()
	said, passed := played(t, "register unknown")
	NewWithT(t).Expect(passed).To(BeFalse(), said)
	NewWithT(t).Expect(said).To(ContainSubstring(`there is no spec "lock/denied-names-owner": did you mean lock/denied-names-holder`))
}

// sequence is a folder with a transcript that needs base:1.1.
func sequence(t *testing.T, steps string) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "ours")
	NewWithT(t).Expect(os.MkdirAll(folder, 0o755)).To(Succeed())
	text := "format: ncspec-transcript/v1\nid: own\ntitle: our own sequence\ntouches: running\nsessions: {a: {}}\nsteps:\n" +
		"  - {id: open, session: a, open: true}\n" + steps
	NewWithT(t).Expect(os.WriteFile(filepath.Join(folder, "own.yaml"), []byte(text), 0o644)).To(Succeed())
	return folder
}

func registersLeftBehind(t *testing.T) {
	suites.Register(suites.Options{Suites: []string{"ours"}, Transcripts: []string{sequence(t, `
  - id: move
    session: a
    send: <edit-config><target><running/></target><config><system xmlns="`+reference.Namespace+`"><location>x</location></system></config></edit-config>
    expect: ["/nc:rpc-reply/nc:ok"]
`)}})
	ginkgo.RunSpecs(t, "own")
}

func TestRegisterTellsWhatIsLeftBehind(t *testing.T) {
	t.Parallel()
	said, passed := played(t, "register left behind")
	g := NewWithT(t)
	g.Expect(passed).To(BeFalse(), said)
	g.Expect(said).To(And(ContainSubstring("0 Failed"), ContainSubstring("location=x"), ContainSubstring("location=Laboratory")))
}

func registersOwnSequence(t *testing.T) {
	suites.Register(suites.Options{Suites: []string{"ours"}, Transcripts: []string{sequence(t, `
  - {id: lock, session: a, send: <lock><target><running/></target></lock>, expect: ["/nc:rpc-reply/nc:ok"]}
  - {id: again, session: a, send: <lock><target><running/></target></lock>, expect: ["/nc:rpc-reply/nc:rpc-error"]}
`)}})
	ginkgo.RunSpecs(t, "own")
}

// A filter of Ginkgo's leaves out the steps before, without which this one would accuse the server of what is right.
func TestAStepAloneIsPlayedWithTheStepsBeforeIt(t *testing.T) {
	t.Parallel()
	said, passed := played(t, "register own sequence", "-ginkgo.focus=ours/own.again")
	g := NewWithT(t)
	g.Expect(passed).To(BeTrue(), said)
	g.Expect(said).To(ContainSubstring("1 Passed"))
}

func registersTwo(t *testing.T) {
	for _, name := range []string{"one", "other"} {
		server, err := reference.Start(context.Background(), reference.Options{})
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		t.Cleanup(func() { _ = server.Close() })
		device, err := target.ParseURL("ssh://admin@" + server.Addr())
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		device.Name, device.HostKey = name, gossh.FingerprintSHA256(server.HostKey())
		t.Setenv(device.PasswordEnv, "admin")
		o := few()
		o.Target = device
		suites.Register(o)
	}
	ginkgo.RunSpecs(t, "own")
}

func TestRegisterOfTwoTargets(t *testing.T) {
	t.Parallel()
	said, passed := played(t, "register two", "-ginkgo.v")
	g := NewWithT(t)
	g.Expect(passed).To(BeTrue(), said)
	g.Expect(said).To(And(ContainSubstring("ncspec of one"), ContainSubstring("ncspec of other")))
}
