package suites

import (
	"slices"
	"strings"
	"time"

	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/redact"
	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/verdict"
)

// Options say what to run against which target. The zero value runs everything against the embedded reference server.
type Options struct {
	Target *target.Target   // nil: the embedded reference server
	Dialer transport.Dialer // how to reach the target; nil as the target says, see Reach
	Second transport.Dialer // as the target's second user; nil none
	odd    transport.Dialer // as a user whose name cannot be written in XML; nil none

	Profile   string   // of the reference server, where there is no target; "" is full
	Defects   []string // of the reference server
	Transport string   // that the reference server is reached by, as in a target file; "" is ssh

	Suites, Specs, Requirements, Skip []string // filters: names and ids; none selects all
	Again                             []string // a filter too: the specs that failed in an earlier run

	Safety      effect.Safety // "" is running
	Slow        bool
	Strict      bool
	FailFast    bool
	Seed        int64 // of the random order; 0 chooses one
	Transcripts []string
	Waivers     []verdict.Waiver
	Journal     string   // folder for the journal of what is to be undone; "" is journal.Folder, NoJournal none
	Recordings  string   // folder for recordings; "" none
	Notes       []string // what a reader of the report must know first

	embedded bool            // the target is the embedded reference server
	limit    time.Duration   // of the run; 0 is longestRun
	brought  map[string]bool // specs that run because others which are selected need them

	redactor *redact.Redactor // knows the passwords of the dialers; nil where somebody else has made them

	// Started is told what the run is about to do, once the target has been reached; nil is not.
	Started func(t verdict.Target, specs, requirements int, seed int64)
	// Progress is told of each spec as it ends; nil is not.
	Progress func(done, total int, id string, v verdict.Verdict)
}

// held tells why a spec is left out by the filters, "" for one that is not.
func (o Options) held(id string, covers []string) string {
	suite, _, _ := strings.Cut(id, "/")
	switch {
	case slices.Contains(o.Skip, id) || slices.Contains(o.Skip, suite):
		return "left out by --skip"
	case o.brought[id]:
		return ""
	case len(o.Suites) > 0 && !slices.Contains(o.Suites, suite):
		return "left out by --suite"
	case len(o.Specs) > 0 && !slices.Contains(o.Specs, id):
		return "left out by --spec"
	case len(o.Requirements) > 0 && !overlap(o.Requirements, covers):
		return "left out by --requirement"
	case len(o.Again) > 0 && !slices.Contains(o.Again, id):
		return "left out by --rerun-failed"
	}
	return ""
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// filters says in the report what was asked for.
func (o Options) filters() map[string][]string {
	all := map[string][]string{}
	for name, values := range map[string][]string{"suite": o.Suites, "spec": o.Specs, "requirement": o.Requirements, "skip": o.Skip,
		"rerun-failed": o.Again} {
		if len(values) > 0 {
			all[name] = values
		}
	}
	return all
}
