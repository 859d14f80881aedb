package requirement

import (
	"slices"
	"strings"
	"time"
)

// The values that the level field takes. Behaviour is a plain definition without a key word of RFC 2119; a
// server that breaks it is as wrong as one that breaks a MUST.
const (
	Must      = "MUST"
	MustNot   = "MUST NOT"
	Should    = "SHOULD"
	ShouldNot = "SHOULD NOT"
	May       = "MAY"
	Behaviour = "BEHAVIOUR"
)

// The values that the testable field takes.
const (
	Yes    = "yes"
	Partly = "partly"
	No     = "no"
)

// Requirement is one thing that one section of an RFC demands of a server. All texts are in our own words.
type Requirement struct {
	ID         string   // stable name, rfc<number>-<section>-<slug>
	RFC        string   // number of the RFC, taken from the id, such as "6241"
	Section    string   // section of the RFC, such as "7.5" or "B"
	Level      string   // one of Levels
	Requires   []string // all must hold: a capability, "a|b" either of them, "!a" not announced; none: every server
	ServerMust string   // what the server has to do
	Probe      string   // what the harness does to see it
	Assert     string   // what can fail; "" when the entry is only observed
	Observe    string   // what is recorded and never fails; "" when nothing is
	Touches    string   // the strongest thing the probe touches, one of Touches
	Waits      string   // how long the probe has to wait, when more than 10 s, such as "90s"; else ""
	Testable   string   // Yes, Partly or No
	Why        string   // why the entry is testable only partly or not at all
	Note       string   // the reading that was chosen where the text leaves a choice; "" when it leaves none
	Suite      string   // folder of the file that the entry came from, such as "lock"
}

// Levels returns what the level field of an entry may hold.
func Levels() []string {
	return []string{Must, MustNot, Should, ShouldNot, May, Behaviour}
}

// Touches returns what the touches field of an entry may hold, from the weakest effect to the strongest.
func Touches() []string {
	return []string{"nothing", "session", "lock", "candidate", "running", "startup", "server"}
}

// Mandatory tells whether a server that does otherwise violates the RFC: MUST, MUST NOT, BEHAVIOUR.
func (r Requirement) Mandatory() bool {
	return slices.Contains([]string{Must, MustNot, Behaviour}, r.Level)
}

// Should tells whether the RFC recommends and does not demand: SHOULD, SHOULD NOT.
func (r Requirement) Should() bool { return r.Level == Should || r.Level == ShouldNot }

// May tells whether the RFC leaves the choice to the server; such an entry is observed and never fails.
func (r Requirement) May() bool { return r.Level == May }

// Observed tells whether the entry is only recorded: it can be looked at, but nothing in it can fail.
func (r Requirement) Observed() bool { return r.Assert == "" && r.Observe != "" }

// Wait returns the waits field as a duration, zero when the entry has none.
func (r Requirement) Wait() time.Duration {
	wait, err := time.ParseDuration(r.Waits)
	if err != nil {
		return 0
	}
	return wait
}

// Reference returns where the demand stands, for people: "RFC 6241 §7.5", "RFC 6241 Appendix B".
func (r Requirement) Reference() string {
	if strings.ContainsAny(r.Section[:min(1, len(r.Section))], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		return "RFC " + r.RFC + " Appendix " + r.Section
	}
	return "RFC " + r.RFC + " §" + r.Section
}
