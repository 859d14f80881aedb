package compare

import (
	"time"

	"github.com/ncspec/ncspec/harness/verdict"
)

// sample has every kind of change. Its golden file is the sample of the console too.
func sample() *Comparison {
	old, fresh := before(), after()
	return Compare(Source{"old/report.json", old}, Source{"new/report.json", fresh})
}

const found = "expected  to equal \"4\"\nfound     \"0\"\n  | <rpc-reply><session-id>0</session-id></rpc-reply>\x1b[31m </pre><script>alert(1)</script>"

func before() *verdict.Report {
	chooses := spec("lock/chooses", verdict.Pass)
	chooses.Observations = []verdict.Observation{{Name: "error-tag", Value: "in-use", Legal: []string{"in-use", "lock-denied"}}}
	broken := spec("lock/mended", verdict.Violation, breaks(mustToo, verdict.Violation))
	polite := spec("lock/polite", verdict.Advisory, breaks(should, verdict.Advisory))
	off := because(spec("startup/absent", verdict.NotApplicable), "the server does not claim startup")
	off.Requirements = []string{startup}
	r := run(spec("lock/names-holder", verdict.Pass), chooses, broken, polite, off, because(spec("lock/held", verdict.NotRun), "needs --slow"),
		because(spec("lock/slow", verdict.NotRun), "needs --slow"),
		spec("lock/fails", verdict.Pass), spec("lock/gone", verdict.Pass), spec("lock/rude", verdict.Pass), spec("lock/left", verdict.Pass), spec("lock/kept", verdict.Violation, breaks(must, verdict.Violation)))
	r.Target.Software = "edge-os 2.13"
	r.Target.Capabilities = []string{"urn:ietf:params:netconf:base:1.0", "urn:ietf:params:netconf:capability:confirmed-commit:1.0", "urn:old"}
	r.Target.Modules = []string{"ietf-system@2014-08-06"}
	r.Requirements = append(r.Requirements, verdict.Requirement{ID: startup, RFC: "6241", Section: "8.7", Level: "MUST", ServerMust: "Have it.",
		Verdict: verdict.NotApplicable, Reason: off.Reason})
	r.Specs = append(r.Specs, timed(10, func(int) float64 { return 10 }, 1).Specs...)
	return r
}

func after() *verdict.Report {
	names := spec("lock/names-holder", verdict.Violation, verdict.Broken{Requirement: must, Verdict: verdict.Violation, Message: found})
	names.Transcript = "transcripts/lock/names-holder.yaml"
	chooses := spec("lock/chooses", verdict.Pass)
	chooses.Observations = []verdict.Observation{{Name: "error-tag", Value: "lock-denied", Legal: []string{"in-use", "lock-denied"}}}
	rude := spec("lock/rude", verdict.Advisory, breaks(should, verdict.Advisory))
	on := spec("startup/absent", verdict.Pass)
	on.Requirements = []string{startup}
	held := spec("lock/held", verdict.Violation, breaks(must, verdict.Violation))
	advised := spec("lock/left", verdict.Waived, breaks(mustToo, verdict.Waived))
	r := run(names, chooses, rude, spec("lock/new", verdict.Pass), spec("lock/slow", verdict.Pass), on, held, advised, spec("lock/mended", verdict.Pass), spec("lock/polite", verdict.Pass),
		because(spec("lock/fails", verdict.Error), "given: expected ok and nothing else"), spec("lock/kept", verdict.Violation, breaks(must, verdict.Violation)))
	r.Target.Software = "edge-os 3.0"
	r.Target.Capabilities = []string{"urn:ietf:params:netconf:base:1.0", "urn:ietf:params:netconf:capability:confirmed-commit:1.1", "urn:new"}
	r.Target.Modules = []string{"ietf-system@2024-01-01", "acme@2026-01-01"}
	r.Requirements = append(r.Requirements, verdict.Requirement{ID: startup, RFC: "6241", Section: "8.7", Level: "MUST", ServerMust: "Have it.", Verdict: verdict.Pass})
	r.Specs = append(r.Specs, timed(10, func(int) float64 { return 25 }, 2).Specs...)
	r.Run.Started = time.Date(2026, 3, 8, 12, 0, 0, 0, time.UTC)
	r.Tool.Version = "0.2.0"
	return r
}

const startup = "rfc6241-8.7-startup"
