package cli_test

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/verdict"
)

func TestStrict(t *testing.T) {
	alone(t)
	args := []string{"run", "--defect", "error-message-without-language", "--spec", "rpc/error-message-lang", "--spec", "rpc/missing-message-id"}
	g := NewWithT(t)
	lax := ncspec(t, args...)
	g.Expect(lax.code).To(BeZero(), "%s\n%s", lax.out, lax.errs)
	g.Expect(lax.verdicts(t)).To(HaveKeyWithValue("rpc/error-message-lang", verdict.Advisory))
	g.Expect(red(t, filepath.Join(lax.dir, "junit.xml"))).To(BeEmpty())
	g.Expect(lax.report(t).Run.Strict).To(BeFalse())

	strict := ncspec(t, append(args, "--strict")...)
	fails(t, strict, exitViolation, "rfc6241-4.3-error-message-lang", "SHOULD")
	g.Expect(strict.verdicts(t)).To(HaveKeyWithValue("rpc/error-message-lang", verdict.Violation))
	g.Expect(strict.report(t).Run.Strict).To(BeTrue())
}

func TestSeed(t *testing.T) {
	alone(t)
	order := func(seed string) string {
		var ids []string
		args := []string{"run", "--seed", seed}
		for _, id := range []string{"granted", "own-twice", "denied-names-holder", "empty-target", "no-target", "unlock-own"} {
			args = append(args, "--spec", "lock/"+id)
		}
		o := ncspec(t, args...)
		for _, spec := range o.report(t).Specs {
			if spec.Verdict != verdict.NotRun {
				ids = append(ids, spec.ID)
			}
		}
		return strings.Join(ids, "\n")
	}
	g := NewWithT(t)
	first := order("7")
	g.Expect(order("7")).To(Equal(first))
	g.Expect(order("8")).NotTo(Equal(first))
	chosen := ncspec(t, "run", "--spec", "hello/server-sends-hello")
	g.Expect(chosen.report(t).Run.Seed).NotTo(BeZero(), "the report says which was chosen")
}

func TestFailFast(t *testing.T) {
	alone(t)
	for name, args := range map[string][]string{
		"in a suite":      {"--suite", "rpc", "--defect", "empty-rpc-answered-with-ok", "--seed", "1"},
		"in a transcript": {"--spec", "session/documented-session.as-before", "--defect", "lock-granted-twice"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			o := ncspec(t, append([]string{"run", "--fail-fast"}, args...)...)
			g.Expect(o.code).To(Equal(exitViolation), "%s\n%s", o.out, o.errs)
			report := o.report(t)
			g.Expect(report.Summary[verdict.Violation]).To(Equal(1))
			g.Expect(report.State.LeftBehind).To(BeEmpty())
			g.Expect(report.State.Restored).To(BeTrue())
		})
	}
}

// A run that breaks off in the middle of a transcript leaves a lock held and a candidate edited.
func TestFailFastLeavesNothingOnTheTarget(t *testing.T) {
	alone(t)
	server := serve(t, reference.Options{})
	folder := filepath.Dir(write(t, "own.yaml", `format: ncspec-transcript/v1
id: own
title: breaks in the middle
needs: [candidate]
touches: running
sessions: {a: {}}
steps:
  - {id: open, session: a, open: true}
  - {id: lock, session: a, send: <lock><target><candidate/></target></lock>, expect: ["/nc:rpc-reply/nc:ok"]}
  - id: edit
    session: a
    send: <edit-config><target><candidate/></target><config>${fixture.change.make}</config></edit-config>
    expect: ["/nc:rpc-reply/nc:ok"]
  - {id: wrong, session: a, send: <get/>, expect: ["/nc:rpc-reply/nc:ok"]}
  - {id: unlock, session: a, send: <unlock><target><candidate/></target></unlock>, expect: ["/nc:rpc-reply/nc:ok"]}
`))
	name := strings.ToLower(filepath.Base(folder))
	o := ncspec(t, "run", "ssh://admin@"+server.Addr(), "--host-key", fingerprint(server), "--fail-fast", "--transcripts", folder, "--suite", name)
	fails(t, o, exitViolation, "XPath /nc:rpc-reply/nc:ok")
	NewWithT(t).Expect(o.verdicts(t)).To(HaveKeyWithValue(name+"/own.unlock", verdict.NotRun))
	untouched(t, server)
}

func TestASpecOfAStepPlaysTheFileUpToIt(t *testing.T) {
	alone(t)
	for name, c := range map[string]struct {
		filter []string
		next   verdict.Verdict // of the step behind
	}{
		"by its id": {[]string{"--spec", "session/lock-contention.denied"}, verdict.NotRun},
		// A later step is judged by it too.
		"by its requirement": {[]string{"--requirement", "rfc6241-7.5-denied-when-held", "--suite", "session"}, verdict.Pass},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			o := ncspec(t, append([]string{"run"}, c.filter...)...)
			g.Expect(o.code).To(BeZero(), "%s\n%s", o.out, o.errs)
			verdicts := o.verdicts(t)
			for _, step := range []string{"lock", "denied"} {
				g.Expect(verdicts["session/lock-contention."+step]).To(Equal(verdict.Pass))
			}
			g.Expect(verdicts["session/lock-contention.denied-to-its-holder"]).To(Equal(c.next))
			g.Expect(o.report(t).Summary[verdict.Error]).To(BeZero())
		})
	}
}

func TestOwnTranscripts(t *testing.T) {
	alone(t)
	folder := filepath.Join(t.TempDir(), "Our Device")
	file := filepath.Join(folder, "own.yaml")
	write := func(text string) { writeAt(t, file, text) }
	g := NewWithT(t)

	write(transcript("    expect: [\"/nc:hello\"]\n  - id: ask\n    session: a\n    send: <get-config><source><running/></source></get-config>\n" +
		"    expect: ['/nc:rpc-reply/nc:data']\n"))
	o := ncspec(t, "run", "--transcripts", folder, "--suite", "our-device")
	g.Expect(o.code).To(BeZero(), "%s\n%s", o.out, o.errs)
	g.Expect(o.verdicts(t)).To(And(HaveKeyWithValue("our-device/own.open", verdict.Pass), HaveKeyWithValue("our-device/own.ask", verdict.Pass)))
	g.Expect(filepath.Join(o.dir, "transcripts", "our-device", "own.yaml")).To(BeAnExistingFile())

	write(transcript("  - id: ask\n    session: a\n    send: <get-config><source><running/></source></get-config>\n" +
		"    expect: ['/nc:rpc-reply/nc:ok']\n  - id: more\n    session: a\n    send: <get/>\n    expect: [/nc:rpc-reply]\n"))
	o = ncspec(t, "run", "--transcripts", folder, "--suite", "our-device")
	fails(t, o, exitViolation, "XPath /nc:rpc-reply/nc:ok")
	report := o.report(t)
	for _, q := range report.Requirements {
		g.Expect(q.Verdict).NotTo(Equal(verdict.Violation), "no RFC is broken: %s", q.ID)
	}
	for _, spec := range report.Specs {
		switch spec.ID {
		case "our-device/own.ask":
			g.Expect(spec.Verdict).To(Equal(verdict.Violation))
			g.Expect(spec.Requirements).To(BeEmpty())
			g.Expect(spec.Location).To(HaveSuffix("own.yaml:11"))
		case "our-device/own.more":
			g.Expect(spec.Verdict).To(Equal(verdict.Error))
			g.Expect(spec.Reason).To(ContainSubstring("earlier step"))
		}
	}
}

func TestTwoFoldersOfOneName(t *testing.T) {
	alone(t)
	base := t.TempDir()
	writeAt(t, filepath.Join(base, "a", "ours", "own.yaml"), transcript(""))
	writeAt(t, filepath.Join(base, "b", "ours", "own.yaml"), transcript(""))
	o := ncspec(t, "run", "--transcripts", filepath.Join(base, "a", "ours"), "--transcripts", filepath.Join(base, "b", "ours"))
	fails(t, o, exitUsage, "ours/own.open", filepath.Join(base, "a", "ours", "own.yaml")+":8", filepath.Join(base, "b", "ours", "own.yaml")+":8")
}

func TestWaivers(t *testing.T) {
	alone(t)
	const broken = "rfc6241-7.5-lock-own-twice"
	run := func(t *testing.T, defect, waivers string) outcome {
		t.Helper()
		args := []string{"run", "--requirement", broken, "--suite", "lock", "--waivers", write(t, "waivers.yaml", waivers)}
		if defect != "" {
			args = append(args, "--defect", defect)
		}
		return ncspec(t, args...)
	}
	waiver := func(id string) string { return "waivers:\n  - id: " + id + "\n    reason: bug 4711\n" }
	spec := ncspec(t, "list", "--requirement", broken, "--suite", "lock").out
	id, _, _ := strings.Cut(spec, " ")

	for _, waived := range []string{broken, id} {
		t.Run("of "+waived, func(t *testing.T) {
			g := NewWithT(t)
			o := run(t, "own-lock-granted-again", waiver(waived))
			g.Expect(o.code).To(BeZero(), "%s\n%s", o.out, o.errs)
			g.Expect(o.verdicts(t)).To(HaveKeyWithValue(id, verdict.Waived))
			for _, c := range testcases(t, filepath.Join(o.dir, "junit.xml")) {
				if c.Name == id {
					g.Expect(c.Skipped).NotTo(BeNil())
					g.Expect(c.Skipped.Message).To(Equal("waived: bug 4711"))
				}
			}
		})
		t.Run("of "+waived+", stale", func(t *testing.T) {
			o := run(t, "", waiver(waived))
			fails(t, o, exitViolation, "its violation no longer occurs", "bug 4711")
			NewWithT(t).Expect(o.verdicts(t)).To(HaveKeyWithValue("waiver/"+waived, verdict.StaleWaiver))
		})
	}
	t.Run("of something else", func(t *testing.T) {
		fails(t, run(t, "own-lock-granted-again", waiver("rfc6241-7.5-lock-granted")), exitViolation, broken)
	})
	const later, containing = "    until: 2999-12-31\n", "    contains: "
	t.Run("of today", func(t *testing.T) {
		o := run(t, "own-lock-granted-again", waiver(id)+later+containing+"lock-denied\n")
		NewWithT(t).Expect(o.code).To(BeZero(), "%s\n%s", o.out, o.errs)
	})
	t.Run("of the past", func(t *testing.T) {
		o := run(t, "own-lock-granted-again", waiver(id)+"    until: 2020-01-31\n")
		fails(t, o, exitViolation, broken, "is out of date: it held through 2020-01-31, and its violation still occurs", "bug 4711")
		NewWithT(t).Expect(o.verdicts(t)).To(And(HaveKeyWithValue(id, verdict.Violation), HaveKeyWithValue("waiver/"+id, verdict.StaleWaiver)))
	})
	t.Run("of the past, mended", func(t *testing.T) {
		fails(t, run(t, "", waiver(id)+"    until: 2020-01-31\n"), exitViolation, "is out of date: it held through 2020-01-31")
	})
	t.Run("of another failure", func(t *testing.T) {
		o := run(t, "own-lock-granted-again", waiver(broken)+containing+"access-denied\n")
		fails(t, o, exitViolation, broken, `expects another failure: nothing that was found contains "access-denied"`, "bug 4711")
		NewWithT(t).Expect(o.verdicts(t)).To(And(HaveKeyWithValue(id, verdict.Violation), HaveKeyWithValue("waiver/"+broken, verdict.StaleWaiver)))
	})
	t.Run("of nothing known", func(t *testing.T) {
		fails(t, run(t, "", waiver("lock/never-heard-of")), exitUsage, "waivers.yaml:2:5:", `no spec or requirement "lock/never-heard-of"`)
	})
	t.Run("of what did not run", func(t *testing.T) {
		const other = "rfc6241-7.9-own-session"
		o := run(t, "", waiver(other))
		NewWithT(t).Expect(o.code).To(BeZero(), "%s\n%s", o.out, o.errs)
		NewWithT(t).Expect(o.verdicts(t)).NotTo(HaveKey("waiver/" + other))
	})
}

func TestAWaiverHidesNoError(t *testing.T) {
	alone(t)
	waivers := write(t, "waivers.yaml", "waivers:\n  - id: rpc/get-without-parameters\n    reason: bug 4711\n")
	o := ncspec(t, "run", "--profile", "generic-error", "--spec", "rpc/get-without-parameters", "--waivers", waivers)
	fails(t, o, exitError, "given:")
}

func TestSafety(t *testing.T) {
	alone(t)
	var mutex sync.Mutex
	var sent []string
	server := serve(t, reference.Options{Received: func(_ uint32, message []byte) {
		mutex.Lock()
		defer mutex.Unlock()
		sent = append(sent, string(message))
	}})
	o := ncspec(t, "run", "ssh://admin@"+server.Addr(), "--host-key", fingerprint(server), "--safety", "read-only", "--suite", "lock", "--suite", "session")
	g := NewWithT(t)
	g.Expect(o.code).To(BeElementOf(0, exitError), "%s\n%s", o.out, o.errs)
	g.Expect(o.out).To(ContainSubstring("--safety is read-only"))
	_ = server.Close()
	for _, message := range sent {
		g.Expect(message).NotTo(Or(ContainSubstring("lock>"), ContainSubstring("edit-config"), ContainSubstring("commit")))
	}
}
