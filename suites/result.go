package suites

import (
	"slices"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/verdict"
)

// Version is ncspec's own, for reports.
const Version = "0.1.0-dev"

// input gathers what the report says besides the specs.
func (j *journey) input() verdict.Input {
	in := verdict.Input{
		Tool:   verdict.Tool{Name: "ncspec", Version: Version},
		Target: describe(j.options.Target),
		Run: verdict.Run{Started: j.began, Finished: time.Now(), Seed: j.options.Seed, Safety: string(j.options.Safety),
			Filters: j.options.filters(), Notes: slices.Concat(j.options.Notes, j.notes)},
		State: j.state, Requirements: j.tree.catalogue.All(), Strict: j.options.Strict, Waivers: j.options.Waivers,
	}
	if j.run == nil {
		return in
	}
	if outages := j.run.Outages(); outages != "" {
		in.Run.Notes = append(in.Run.Notes, outages)
	}
	if why := j.run.BrokenOff(); why != "" {
		in.BrokenOff, in.Run.Notes = true, append(in.Run.Notes, why)
	}
	for _, c := range j.run.Claims {
		in.Target.Capabilities = append(in.Target.Capabilities, c.URI)
	}
	in.Target.Security = j.run.Security()
	in.Target.Modules, in.Target.Software = j.stock.modules, j.stock.software
	if in.Target.Software == "" {
		in.Target.Software = in.Target.Security["server-version"] // how its SSH identifies itself (RFC 4253 §4.2)
	}
	if legacy := in.Target.Security["legacy-algorithms"]; legacy != "" {
		in.Run.Notes = append(in.Run.Notes, "Legacy SSH algorithms, as asked for: "+legacy+".")
	}
	counters := &j.run.Counters
	in.Run.Counters = verdict.Counters{Handshakes: int(counters.Handshakes.Load()), Sessions: int(counters.Sessions.Load()),
		RPCs: int(counters.RPCs.Load())}
	in.Run.Timing = map[string]float64{"total_ms": milliseconds(time.Since(j.began)),
		"connecting_ms": milliseconds(time.Duration(counters.Connecting.Load())),
		"waiting_ms":    milliseconds(time.Duration(counters.Waiting.Load()))}
	// What is neither connecting nor waiting for the target is the harness's own.
	in.Run.Timing["harness_ms"] = max(0, in.Run.Timing["total_ms"]-in.Run.Timing["connecting_ms"]-in.Run.Timing["waiting_ms"])
	return in
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// Who tells which target a run would judge; that of the embedded reference server has no address before it is started.
func (o Options) Who() verdict.Target {
	if o.Target == nil {
		return verdict.Target{Name: referenceName, Transport: target.SSH, Profile: o.Profile}
	}
	return describe(o.Target)
}

func describe(t *target.Target) verdict.Target {
	return verdict.Target{Name: t.Name, Address: t.Address, Transport: t.Transport, Profile: t.Profile}
}

// result judges what Ginkgo reported, and adds what was seen after the last spec.
func (j *journey) result(cancelled bool) *verdict.Report {
	in := j.input()
	in.Interrupted, in.CutShort = cancelled || interrupted(j.ginkgo), outlasted(j.ginkgo)
	if in.CutShort {
		in.Run.Notes = append(in.Run.Notes, "The run was cut short, for it took longer than it may (run-timeout in the target file, or the limit of go test).")
	}
	report := verdict.Judge(j.ginkgo.SpecReports, in)
	for _, fault := range j.faults {
		report.Add(verdict.Spec{ID: "run/restore", Suite: "run", Text: "puts the target back", Verdict: verdict.Error,
			Reason: "the target could not be put back", Message: fault, Faults: []string{fault}})
	}
	if len(j.state.LeftBehind) > 0 && len(j.faults) == 0 {
		report.Add(verdict.Spec{ID: "run/restore", Suite: "run", Text: "puts the target back", Verdict: verdict.Error,
			Reason: "the target is not what it was", Message: strings.Join(j.state.LeftBehind, "\n")})
	}
	j.mask(report)
	return report
}

// interrupted tells whether the user ended the run.
func interrupted(r types.Report) bool {
	for _, spec := range r.SpecReports {
		if spec.State == types.SpecStateInterrupted {
			return true
		}
	}
	return slices.ContainsFunc(r.SpecialSuiteFailureReasons, func(why string) bool { return strings.Contains(why, "Interrupted") })
}

// outlasted tells whether the run came to the end of its time.
func outlasted(r types.Report) bool {
	return slices.Contains(r.SpecialSuiteFailureReasons, "Suite Timeout Elapsed")
}

// unusable reports a target that could not be judged at all.
func (j *journey) unusable(why error) *verdict.Report {
	in := j.input()
	in.Unusable = why.Error()
	report := verdict.Judge(nil, in)
	j.mask(report)
	return report
}
