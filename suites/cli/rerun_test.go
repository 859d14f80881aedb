package cli_test

import (
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/verdict"
)

// ran are the specs that a run did not leave out, with their verdicts.
func (o outcome) ran(t *testing.T) map[string]verdict.Verdict {
	t.Helper()
	all := o.verdicts(t)
	for id, v := range all {
		if v == verdict.NotRun {
			delete(all, id)
		}
	}
	return all
}

func TestRerunOfWhatFailed(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	const defect = "own-lock-granted-again"
	first := ncspec(t, append(fewLocks(), "--defect", defect)...)
	g.Expect(first.code).To(Equal(exitViolation))

	again := ncspec(t, "run", "--rerun-failed", first.dir, "--defect", defect)
	g.Expect(again.code).To(Equal(exitViolation), again.errs)
	g.Expect(again.ran(t)).To(Equal(map[string]verdict.Verdict{"lock/own-twice": verdict.Violation}))
	g.Expect(again.report(t).Run.Filters).To(HaveKeyWithValue("rerun-failed", []string{"lock/own-twice"}))
	g.Expect(flat(again.out)).To(And(ContainSubstring("Of 1 that failed in "+first.dir+" 1 run again"), ContainSubstring("left out by --rerun-failed")))

	mended := ncspec(t, "run", "--rerun-failed", filepath.Join(again.dir, "report.json"), "--out", again.dir)
	g.Expect(mended.code).To(Equal(exitOK), mended.errs)
	g.Expect(mended.ran(t)).To(Equal(map[string]verdict.Verdict{"lock/own-twice": verdict.Pass}))

	nothing := ncspec(t, "run", "--rerun-failed", mended.dir)
	fails(t, nothing, exitError, "nothing failed in "+mended.dir, "nothing was judged", "drop --rerun-failed")

	none := ncspec(t, "run", "--rerun-failed", first.dir, "--spec", "lock/granted")
	fails(t, none, exitUsage, "the filters select no spec", "--rerun-failed")
}

func TestRerunPlaysTheStepsAheadOfTheOneThatFailed(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	const file, defect = "session/lock-contention", "lock-granted-twice"
	first := ncspec(t, "run", "--spec", file+".denied", "--spec", "lock/granted", "--defect", defect)
	g.Expect(first.verdicts(t)).To(HaveKeyWithValue(file+".denied", verdict.Violation))
	again := ncspec(t, "run", "--rerun-failed", first.dir, "--defect", defect)
	g.Expect(again.code).To(Equal(exitViolation))
	g.Expect(again.ran(t)).To(And(HaveKeyWithValue(file+".denied", verdict.Violation), HaveKeyWithValue(file+".lock", verdict.Pass),
		Not(HaveKey("lock/granted"))))
	g.Expect(ncspec(t, "run", "--rerun-failed", first.dir).ran(t)).To(HaveKeyWithValue(file+".denied", verdict.Pass))
}

// A monitor alone sees next to nothing, and would pass.
func TestRerunOfAMonitorBringsWhatItHadFoundFaultIn(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	args := []string{"--defect", "error-tag-of-its-own"}
	first := ncspec(t, append([]string{"run", "--spec", "rpc/error-tag", "--spec", "rpc/missing-message-id", "--spec", "rpc/empty-rpc", "--spec", "lock/granted"}, args...)...)
	g.Expect(first.verdicts(t)).To(HaveKeyWithValue("rpc/error-tag", verdict.Violation), first.out)
	again := ncspec(t, append([]string{"run", "--rerun-failed", first.dir}, args...)...)
	g.Expect(again.code).To(Equal(exitViolation), again.out)
	g.Expect(again.ran(t)).To(And(HaveKeyWithValue("rpc/error-tag", verdict.Violation), HaveKey("rpc/empty-rpc"), Not(HaveKey("lock/granted"))))
}

func TestRerunOfErrorsAndStaleWaivers(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	waivers := write(t, "waivers.yaml", "waivers:\n  - id: rfc6241-7.5-lock-own-twice\n    reason: r\n  - id: hello/server-sends-hello\n    reason: r\n")
	first := ncspec(t, append(fewLocks(), "--spec", "hello/server-sends-hello", "--waivers", waivers)...)
	g.Expect(first.code).To(Equal(exitViolation))
	again := ncspec(t, "run", "--rerun-failed", first.dir, "--waivers", waivers)
	g.Expect(again.code).To(Equal(exitViolation))
	g.Expect(again.ran(t)).To(And(HaveKey("lock/own-twice"), HaveKey("hello/server-sends-hello"), Not(HaveKey("lock/granted"))))
	g.Expect(again.report(t).Summary).To(HaveKeyWithValue(verdict.StaleWaiver, 2))

	errs := ncspec(t, "run", "--profile", "generic-error", "--spec", "rpc/get-without-parameters", "--spec", "hello/server-sends-hello")
	g.Expect(errs.code).To(Equal(exitError), errs.out)
	g.Expect(ncspec(t, "run", "--rerun-failed", errs.dir).ran(t)).To(Equal(map[string]verdict.Verdict{"rpc/get-without-parameters": verdict.Pass}))
}

func TestRerunTellsWhatItLeavesOut(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	folder := filepath.Join(t.TempDir(), "ours")
	writeAt(t, filepath.Join(folder, "own.yaml"), transcript("  - {id: ask, session: a, send: <get/>, expect: ['/nc:rpc-reply/nc:ok']}\n"))
	first := ncspec(t, append(fewLocks(), "--defect", "own-lock-granted-again", "--transcripts", folder, "--spec", "ours/own.ask")...)
	g.Expect(first.verdicts(t)).To(HaveKeyWithValue("ours/own.ask", verdict.Violation), first.out)

	with := ncspec(t, "run", "--rerun-failed", first.dir, "--transcripts", folder)
	g.Expect(with.ran(t)).To(Equal(map[string]verdict.Verdict{"lock/own-twice": verdict.Pass, "ours/own.open": verdict.Pass, "ours/own.ask": verdict.Violation}))
	g.Expect(flat(with.out)).To(ContainSubstring("Of 2 that failed in " + first.dir + " 2 run again"))
	without := ncspec(t, "run", "--rerun-failed", first.dir)
	g.Expect(without.ran(t)).To(Equal(map[string]verdict.Verdict{"lock/own-twice": verdict.Pass}))
	g.Expect(flat(without.out)).To(And(ContainSubstring("Of 2 that failed in "+first.dir+" 1 run again"), ContainSubstring("Left out: ours/own.ask is no spec"), ContainSubstring("--transcripts")))

	only := ncspec(t, "run", "--transcripts", folder, "--suite", "ours")
	fails(t, ncspec(t, "run", "--rerun-failed", only.dir), exitUsage, "none of what failed can be run again", "ours/own.ask")
}
