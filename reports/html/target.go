package html

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/verdict"
)

// fact is a line of a list of what is known.
type fact struct{ Name, Value string }

// target is who was judged.
type target struct {
	Name, Where  string
	Software     string // "" where the server does not tell
	Claims       []claim
	Modules      []string
	Security     []fact
	Capabilities []string // as announced
}

// claim is a capability of a standard in short, such as candidate 1.0.
type claim struct{ Name, Version, URI string }

func newTarget(t verdict.Target) target {
	where := t.Address
	if t.Transport != "" {
		where += " over " + t.Transport
	}
	if t.Profile != "" {
		where += ", profile " + t.Profile
	}
	if t.Name == "" {
		t.Name = t.Address
	}
	if t.Name == "" {
		t.Name = "a target without a name"
	}
	shown := target{Name: show(t.Name), Where: show(where), Software: show(software(t)), Modules: shown(t.Modules), Capabilities: shown(t.Capabilities)}
	for _, uri := range t.Capabilities {
		if c, ok := inShort(uri); ok {
			shown.Claims = append(shown.Claims, c)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.Security)) {
		if value := t.Security[name]; value != "" {
			shown.Security = append(shown.Security, fact{show(strings.ReplaceAll(name, "-", " ")), show(value)})
		}
	}
	return shown
}

// software is what the server tells of its software; where it tells nothing, how its SSH names itself (RFC 4253 §4.2).
func software(t verdict.Target) string {
	if t.Software != "" {
		return t.Software
	}
	return t.Security["server-version"]
}

// inShort gives the name and version of a capability that RFC 6241 §10.4 registers or one like it.
func inShort(uri string) (claim, bool) {
	base, _, _ := strings.Cut(uri, "?")
	for _, prefix := range []string{"urn:ietf:params:netconf:capability:", "urn:ietf:params:netconf:"} {
		if rest, ok := strings.CutPrefix(base, prefix); ok {
			name, version, _ := strings.Cut(rest, ":")
			return claim{show(name), show(version), show(uri)}, true
		}
	}
	return claim{}, false
}

// runFacts says how the target was judged.
func runFacts(r *verdict.Report) []fact {
	run := r.Run
	facts := []fact{
		{"started", run.Started.UTC().Format("2006-01-02 15:04:05 UTC")},
		{"took", milliseconds(float64(run.Finished.Sub(run.Started).Microseconds()) / 1000)},
		{"safety", show(run.Safety)},
		{"cost", fmt.Sprintf("%s, %s, %s", count(run.Counters.Handshakes, "connection"), count(run.Counters.Sessions, "session"), count(run.Counters.RPCs, "rpc"))},
		{"seed", fmt.Sprint(run.Seed)},
	}
	for _, name := range slices.Sorted(maps.Keys(run.Filters)) {
		facts = append(facts, fact{show("only " + name), show(strings.Join(run.Filters[name], ", "))})
	}
	if run.Strict {
		facts = append(facts, fact{"strict", "a SHOULD that is not followed fails"})
	}
	if text := configuration(r.State); text != "" {
		facts = append(facts, fact{"configuration", text})
	}
	return facts
}

func configuration(s verdict.State) string {
	switch {
	case len(s.LeftBehind) > 0:
		return "not all could be put back"
	case s.RunningBefore == "":
		return ""
	case s.Restored || s.RunningBefore == s.RunningAfter:
		return "as before the run"
	}
	return "differs from before the run"
}

// warnings are what a reader must know before anything else.
func warnings(r *verdict.Report) []string {
	all := shown(r.Run.Notes)
	if !r.Run.Complete && r.Run.Unusable == "" {
		all = append(all, "The run did not come to its end: what was not reached has no verdict.")
	}
	for _, what := range r.State.LeftBehind {
		all = append(all, show("Left behind on the target: "+what))
	}
	return all
}
