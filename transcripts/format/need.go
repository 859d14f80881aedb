package format

import (
	"fmt"
	"strings"
)

// Need is one condition in the syntax of the catalogue's requires: "a" must be claimed, "!a" must not, "a|b" is either.
// Beside capabilities a term may be fixture:leaf, fixture:list, fixture:text (a leaf that takes any text) or
// fixture:operational: the target has that. SharedCandidate stands by itself.
type Need string

// SharedCandidate is the need, of a whole transcript, of one candidate for all sessions, where edits go to candidate at
// all (RFC 6241 §8.3.1 leaves it to the server). It takes an edit to find out.
const SharedCandidate Need = "shared-candidate"

const fixturePrefix = "fixture:"

// Holds tells whether the need is met. known answers for a single term, without "!", whether the target has it.
func (n Need) Holds(known func(term string) bool) bool {
	for _, alternative := range strings.Split(string(n), "|") {
		term, negated := strings.CutPrefix(alternative, "!")
		if known(term) != negated {
			return true
		}
	}
	return false
}

// Unmet returns the first need that does not hold, and whether there is one.
func Unmet(needs []Need, known func(term string) bool) (Need, bool) {
	for _, need := range needs {
		if !need.Holds(known) {
			return need, true
		}
	}
	return "", false
}

// Fixture returns what a term like "fixture:list" asks of the target's fixtures, and whether it asks that at all.
func Fixture(term string) (kind string, ok bool) { return strings.CutPrefix(term, fixturePrefix) }

func fixtureKinds() []string { return []string{"leaf", "list", "operational", "text"} }

// standardTerms are the capability names that a misspelt term is compared with. Others are allowed: module names and URIs.
func standardTerms() []string {
	return []string{"base:1.0", "base:1.1", "candidate", "writable-running", "confirmed-commit:1.0",
		"confirmed-commit:1.1", "rollback-on-error", "validate:1.0", "validate:1.1", "startup", "url", "xpath",
		"with-defaults:1.0", "notification:1.0", "interleave:1.0", "partial-lock:1.0", "yang-library:1.0",
		"yang-library:1.1", "ietf-netconf-monitoring"}
}

// checkNeed says what is wrong with a need, "" if nothing is.
func checkNeed(text string) string {
	for _, alternative := range strings.Split(text, "|") {
		term := strings.TrimPrefix(alternative, "!")
		if term == string(SharedCandidate) && text != term {
			return fmt.Sprintf("%q stands by itself, without ! and |", SharedCandidate)
		}
		if term == "" || strings.ContainsAny(term, "! \t\n") {
			return fmt.Sprintf("%q is no need: write a capability, a module or a URI, %q for its absence, %q for "+
				"either, without blanks", text, "!name", "a|b")
		}
		if message := checkTerm(term); message != "" {
			return message
		}
	}
	return ""
}

func checkTerm(term string) string {
	if kind, ok := Fixture(term); ok {
		if !contains(fixtureKinds(), kind) {
			return notAllowed("fixture", kind, fixtureKinds())
		}
		return ""
	}
	standard := append(standardTerms(), string(SharedCandidate))
	if contains(standard, term) || contains(baseNames(standard), term) || strings.HasPrefix(term, "urn:") {
		return ""
	}
	if near := nearest(term, append(standard, baseNames(standard)...)); near != "" && sameVersion(term, near) {
		return fmt.Sprintf("no capability is called %q: did you mean %q? (modules and other capabilities go by their "+
			"name or full URI)", term, near)
	}
	return ""
}

// baseNames are the names without their versions: "candidate" and "validate" stand for any version.
func baseNames(terms []string) []string {
	names := make([]string, len(terms))
	for i, term := range terms {
		names[i], _, _ = strings.Cut(term, ":")
	}
	return names
}

// sameVersion keeps a version that we do not know, such as candidate:2.0, from being taken for a misspelling.
func sameVersion(term, near string) bool {
	_, version, _ := strings.Cut(term, ":")
	_, nearVersion, _ := strings.Cut(near, ":")
	return version == nearVersion
}
