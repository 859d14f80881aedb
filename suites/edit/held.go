package edit

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/guard"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

// held is the matcher of what a datastore holds after an edit: what it held before, with one part of it exchanged.
type held struct {
	before       *session.Reply
	given, after string // the part as XML, before and afterwards
	hides        func(leaf string) bool
	gone, added  []string // what differs from it
}

// Match holds the leaves against each other.
func (h *held) Match(actual any) (bool, error) {
	view, ok := actual.(*session.Reply)
	if !ok || view.Data == nil || h.before.Data == nil {
		return false, fmt.Errorf("this matcher judges an answer to get-config, not %T", actual)
	}
	lines := guard.Leaves(h.before.Data, parse(h.given), parse(h.after), view.Data)
	around, missing := guard.Difference(lines[0], lines[1])
	if len(missing) > 0 {
		return false, fmt.Errorf("the datastore lacked what was to be edited: %s", strings.Join(h.show(missing), ", "))
	}
	want := slices.Sorted(slices.Values(append(around, lines[2]...)))
	h.gone, h.added = guard.Difference(want, lines[3])
	return len(h.gone)+len(h.added) == 0, nil
}

// FailureMessage names what is too much and what is missing.
func (h *held) FailureMessage(actual any) string {
	text := "expected the datastore to hold what was asked for, and all else as before\nfound   "
	for _, line := range h.show(h.gone) {
		text += "\n  lacking " + line
	}
	for _, line := range h.show(h.added) {
		text += "\n  too much " + line
	}
	view, _ := actual.(*session.Reply)
	return text + "\n" + Octets(view.Message.Octets)
}

// NegatedFailureMessage shows what was read.
func (h *held) NegatedFailureMessage(actual any) string {
	view, _ := actual.(*session.Reply)
	return "expected the datastore to hold anything else\nfound\n" + Octets(view.Message.Octets)
}

// lineForm is a line of guard.Leaves: the path, the name of the leaf, the value.
var lineForm = regexp.MustCompile(`(?s)^((?:/\{[^}]*\}[^/=\[\]{}]+(?:\[[^\]]*\])?)*/\{[^}]*\}([^/=\[\]{}]+))=`)

// show gives lines without secrets.
func (h *held) show(lines []string) []string {
	shown := slices.Clone(lines)
	for i, line := range lines {
		switch parts := lineForm.FindStringSubmatch(line); {
		case parts == nil:
			shown[i] = "a leaf whose path cannot be told from its value"
		case h.hides(parts[2]):
			shown[i] = parts[1] + "=(secret)"
		}
	}
	return shown
}

// during is a matcher that says which of a spec's trials it judges.
type during struct {
	doing string
	Matcher
}

// upon names the edit in the failure message of a matcher.
func upon(doing string, m Matcher) Matcher { return during{doing, m} }

// Unwrap gives the matcher that judges.
func (d during) Unwrap() Matcher { return d.Matcher }

// FailureMessage begins with the edit.
func (d during) FailureMessage(actual any) string {
	return "after " + d.doing + "\n" + d.Matcher.FailureMessage(actual)
}

// NegatedFailureMessage begins with the edit.
func (d during) NegatedFailureMessage(actual any) string {
	return "after " + d.doing + "\n" + d.Matcher.NegatedFailureMessage(actual)
}
