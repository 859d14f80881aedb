package json

import (
	"time"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/ncspec/ncspec/harness/requirement"
	"github.com/ncspec/ncspec/harness/verdict"
)

// sample is a run that has every verdict. Its golden file is the sample of the other reports too.
func sample() *verdict.Report {
	at := func(s string) time.Time {
		t, _ := time.Parse(time.RFC3339, s) // a zero time would show in the golden file
		return t
	}
	return verdict.Judge(specs(), verdict.Input{
		Tool: verdict.Tool{Name: "ncspec", Version: "0.1.0"},
		Target: verdict.Target{
			Name: "edge-1", Address: "192.0.2.7:830", Transport: "ssh", Profile: "ietf-system", Software: "edge-os 2.13",
			Capabilities: []string{"urn:ietf:params:netconf:base:1.0", "urn:ietf:params:netconf:base:1.1", "urn:ietf:params:netconf:capability:candidate:1.0"},
			Modules:      []string{"ietf-system@2014-08-06"},
			Security:     map[string]string{"host-key": "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU", "host-key-checked": "accepted without check"},
		},
		Run: verdict.Run{
			Started: at("2024-05-06T07:08:09Z"), Finished: at("2024-05-06T07:08:23.5Z"), Seed: 42, Safety: "running",
			Filters:  map[string][]string{"suite": {"framing", "hello", "lock", "rpc", "session"}},
			Counters: verdict.Counters{Handshakes: 31, Sessions: 58, RPCs: 412},
			Timing:   map[string]float64{"grace": 5000, "rpc-median": 2.1},
			Notes:    []string{"The host key was accepted without a check."},
		},
		State:        verdict.State{RunningBefore: "sha256:9f86d081", RunningAfter: "sha256:9f86d081", Restored: true},
		Requirements: requirements(),
		Waivers: []verdict.Waiver{
			{ID: "rfc6241-4.1-message-id-opaque", Reason: "vendor case 4711, fixed in 2.14",
				Link: "https://bugs.example.com/4711", Until: "2024-12-31", Contains: "found 7"},
			{ID: "rfc6242-4.1-hello-eom", Reason: "vendor case 4690"},
			{ID: "lock/gone", Reason: "vendor case 12"},
		},
	})
}

func requirements() []requirement.Requirement {
	entry := func(id, rfc, section, level, testable, must string) requirement.Requirement {
		return requirement.Requirement{ID: id, RFC: rfc, Section: section, Level: level, Testable: testable, ServerMust: must, Assert: "as demanded"}
	}
	sequence := entry("rfc6241-8.1-hello-order", "6241", "8.1", "BEHAVIOUR", "yes", "Send its hello as soon as the session is open.")
	sequence.Assert, sequence.Observe = "", "which side spoke first"
	inside := entry("rfc6241-7.5-lock-system-wide", "6241", "7.5", "MUST", "no", "Keep other management interfaces out of a locked datastore.")
	inside.Why = "Needs a second management interface of the target."
	return []requirement.Requirement{
		entry("rfc6241-4.1-message-id-echo", "6241", "4.1", "BEHAVIOUR", "yes", "Copy the message-id of the request into the reply."),
		entry("rfc6241-4.1-message-id-opaque", "6241", "4.1", "BEHAVIOUR", "yes", "Not interpret the message-id as a number or require it to increase."),
		entry("rfc6241-4.1-extra-attribute", "6241", "4.1", "MUST", "yes", "Give back unqualified additional attributes of rpc on the rpc-reply."),
		entry("rfc6241-7.5-denied-when-held", "6241", "7.5", "MUST", "yes", "Refuse a lock that another session or another entity holds, and leave the lock with its holder."),
		entry("rfc6241-7.5-lock-denied-session-id", "6241", "7.5", "MUST", "yes", "Name the session that holds the lock in the error-info of the lock-denied error, and zero where the holder is no NETCONF session."),
		entry("rfc6241-7.5-partial", "6241", "7.5", "SHOULD", "yes", "Release the lock soon after the session of its holder ended."),
		inside,
		sequence,
		entry("rfc6242-4.1-hello-eom", "6242", "4.1", "MUST", "yes", "End its hello with the end-of-message mark."),
		entry("rfc6242-4.2-chunk-size-max", "6242", "4.2", "MUST", "partly", "Accept chunks of up to 4294967295 octets."),
		entry("rfc6242-4.2-no-leading-zero", "6242", "4.2", "MUST NOT", "yes", "Not write leading zeros in a chunk size."),
	}
}

func specs() []types.SpecReport {
	s := []types.SpecReport{
		passed("hello/first", "hello: sends its hello unasked", 35, "rfc6241-8.1-hello-order",
			verdict.Observation{Name: "spoke first", Value: "server", Legal: []string{"server", "client"}}),
		passed("hello/end-of-message", "hello: ends its hello with the mark", 21, "rfc6242-4.1-hello-eom", held("rfc6242-4.1-hello-eom")),
		passed("framing/no-leading-zero", "chunk size: has no leading zeros", 210, "rfc6242-4.2-no-leading-zero", held("rfc6242-4.2-no-leading-zero")),
		node("framing/huge-chunk", "chunk size: accepts the largest size", types.SpecStateSkipped, 0, "rfc6242-4.2-chunk-size-max",
			verdict.Hold{Verdict: verdict.NotRun, Reason: "needs --safety disruptive (it floods the server)"}),
		node("framing/flood", "chunk size: survives a flood of chunks", types.SpecStateSkipped, 0, "rfc6242-4.2-chunk-size-max",
			verdict.Hold{Verdict: verdict.NotRun, Reason: "needs --safety disruptive (it floods the server)"}),
		passed("rpc/message-id", "message-id: comes back", 88, "rfc6241-4.1-message-id-echo", held("rfc6241-4.1-message-id-echo"),
			verdict.RPC{Operation: "get-config", Milliseconds: 2.25}),
		node("rpc/message-id-opaque", "message-id: is no number", types.SpecStateFailed, 61, "rfc6241-4.1-message-id-opaque",
			broke("rfc6241-4.1-message-id-opaque", "message-id\nexpected  007\nfound     7"), recorded("rpc/message-id-opaque")),
	}
	return append(s, troubles()...)
}

func troubles() []types.SpecReport {
	return []types.SpecReport{
		node("rpc/extra-attribute", "rpc: gives back attributes", types.SpecStateFailed, 47, "rfc6241-4.1-extra-attribute",
			verdict.Fault{Message: "Given: the session must answer a get-config first\nno reply in 5 s, and the session stayed open"}, recorded("rpc/extra-attribute")),
		node("lock/denied-names-holder", "lock contention: denies the second session and names the holder", types.SpecStateFailed, 1204, "rfc6241-7.5-lock-denied-session-id",
			held("rfc6241-7.5-denied-when-held"),
			pointed("/nc:rpc-reply/nc:rpc-error/nc:error-info/nc:session-id", "rfc6241-7.5-lock-denied-session-id", "XPath     /nc:rpc-reply/nc:rpc-error/nc:error-info/nc:session-id\nexpected  to equal \"4\"\nfound     \"0\" in rpc-error lock-denied (type protocol, severity error)\n"+
				"  | <rpc-reply xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\" message-id=\"2\"><rpc-error><error-type>protocol</error-type><error-tag>lock-denied</error-tag><error-severity>error</error-severity><error-info><session-id>0</session-id></error-info></rpc-error></rpc-reply>]]>]]>\n"+
				"  | \x00\x1b[31mnot red\x1b[0m \xff"),
			recorded("lock/denied-names-holder"), verdict.RPC{Operation: "lock", Milliseconds: 3.5}, verdict.RPC{Operation: "lock", Milliseconds: 2}),
		node("lock/released", "lock: is released when its holder is gone", types.SpecStatePassed, 5100, "rfc6241-7.5-partial",
			broke("rfc6241-7.5-partial", "expected  the lock within 5 s after the holder's session ended\nfound     lock-denied for 10 s"), recorded("lock/released"),
			verdict.Observation{Name: "time to release", Value: 12000, Legal: nil}),
		node("lock/startup", "lock: holds for the startup datastore", types.SpecStateSkipped, 0, "rfc6241-7.5-denied-when-held",
			verdict.Hold{Verdict: verdict.NotApplicable, Reason: "the server does not announce startup"}),
		node("session/documented/inventory", "documented session: step 2, an operational request", types.SpecStateFailed, 12, "",
			broke("", "expected  count(//j:chassis) = 1\nfound     false"), recorded("session/documented")),
		node("session/documented/lock", "documented session: step 3, locks the candidate", types.SpecStateSkipped, 0, "",
			types.Failure{Message: "Spec skipped because an earlier spec in an ordered container failed"}),
	}
}

func passed(id, text string, ms int, requirement string, left ...any) types.SpecReport {
	return node(id, text, types.SpecStatePassed, ms, requirement, left...)
}

func node(id, text string, state types.SpecState, ms int, requirement string, left ...any) types.SpecReport {
	r := types.SpecReport{
		LeafNodeType: types.NodeTypeIt, LeafNodeText: id + " " + text, State: state, RunTime: time.Duration(ms) * time.Millisecond,
		LeafNodeLocation: types.CodeLocation{CustomMessage: "suites/" + id + ".go:12"},
	}
	if requirement != "" {
		r.LeafNodeLabels = []string{requirement}
	}
	for _, v := range left {
		if failure, ok := v.(types.Failure); ok {
			r.Failure = failure
			continue
		}
		r.ReportEntries = append(r.ReportEntries, types.ReportEntry{Value: types.WrapEntryValue(v)})
	}
	return r
}

func held(id string) verdict.Demand { return verdict.Demand{Requirement: id, Held: true} }

func broke(id, message string) verdict.Demand {
	return verdict.Demand{Requirement: id, Message: message}
}

// pointed is a demand that did not hold, judged on the message of step e8.
func pointed(xpath, id, message string) verdict.Demand {
	d := broke(id, message)
	d.Where = &verdict.Where{XPath: xpath, Namespaces: map[string]string{}, Event: 8}
	return d
}

func recorded(id string) verdict.Recorded {
	return verdict.Recorded{Path: "transcripts/" + id + ".yaml"}
}
