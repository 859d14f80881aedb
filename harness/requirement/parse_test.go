package requirement

import (
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

const file = "suites/lock/requirements.yaml"

// valid is an entry in which each test below spoils one line.
const valid = `# RFC 6241 section 7.5
- id: rfc6241-7.5-released
  section: '7.5'
  level: MUST NOT
  requires:
  - candidate|writable-running
  - '!startup'
  server_must: Release the lock
    in the end.
  probe: 'S1: lock'
  assert: >
    ok
  observe: seconds taken
  touches: lock
  waits: 90s
  testable: partly
  why: Needs luck.
  note: The text says nothing of time.
`

func TestParseReadsEveryField(t *testing.T) {
	g := NewWithT(t)

	list, err := Parse(file, []byte(valid))

	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(list).To(Equal([]Requirement{{
		ID: "rfc6241-7.5-released", RFC: "6241", Section: "7.5", Level: MustNot,
		Requires:   []string{"candidate|writable-running", "!startup"},
		ServerMust: "Release the lock in the end.", Probe: "S1: lock", Assert: "ok", Observe: "seconds taken",
		Touches: "lock", Waits: "90s", Testable: Partly, Why: "Needs luck.",
		Note: "The text says nothing of time.", Suite: "lock",
	}}))
	g.Expect(list[0].Wait()).To(Equal(90 * time.Second))
}

func TestParseNamesPlaceAndWhatIsAllowed(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"unknown field":       {"  probe:", "  prob:", `:10:3: unknown field "prob" (did you mean probe?); allowed are id, section,`},
		"lacking field":       {"  level: MUST NOT\n", "", ":2:3: the entry lacks the field level"},
		"empty field":         {"  why: Needs luck.", "  why: ''", ":17:8: why is empty"},
		"field without value": {"  why: Needs luck.", "  why:", "why must be a text, not a null"},
		"unknown level":       {"MUST NOT", "MUSTN'T", `:4:10: level "MUSTN'T"`},
		"unknown touches":     {"touches: lock", "touches: locks", `:14:12: touches "locks" (did you mean lock?); allowed are nothing, session, lock,`},
		"unknown testable":    {"testable: partly", "testable: party", `:16:13: testable "party" (did you mean partly?)`},
		"section as a number": {"'7.5'", "7.5", ":3:12: section must be a text, not a float; put it in quotes"},
		"foreign section":     {"'7.5'", "'7.6'", `:3:12: section "7.6" differs from the section "7.5" in the id`},
		"malformed id":        {"rfc6241-7.5-released", "7.5-released", `:2:7: id "7.5-released" must read`},
		"wait too short":      {"90s", "10s", `:15:10: waits "10s" must be a duration above 10s`},
		"wait without unit":   {"90s", "'90'", `waits "90" must be a duration`},
		"requires as a text":  {"requires:\n  - candidate|writable-running\n  - '!startup'", "requires: candidate", ":5:13: requires must be a list"},
		"malformed requires":  {"'!startup'", "'startup|'", `:7:5: requires "startup|" must be a capability`},
		"no with assert":      {"testable: partly", "testable: 'no'", ":16:13: testable no, but the entry has assert"},
		"yes with why":        {"testable: partly", "testable: 'yes'", ":17:8: why belongs to testable partly or no"},
		"partly without why":  {"  why: Needs luck.\n", "", ":16:13: testable partly needs why"},
		"nothing to judge":    {"  assert: >\n    ok\n  observe: seconds taken\n", "", "testable partly needs assert or observe"},
		"failing may":         {"MUST NOT", "MAY", "a MAY never fails"},
		"broken YAML":         {"probe: 'S1: lock'", "probe: S1: lock", ":10:10: not valid YAML"},
		"field twice":         {"  waits: 90s\n", "  waits: 90s\n  waits: 90s\n", ":16:3: not valid YAML: "},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			g.Expect(valid).To(ContainSubstring(c.old))
			list, err := Parse(file, []byte(strings.Replace(valid, c.old, c.new, 1)))
			g.Expect(list).To(BeNil())
			g.Expect(err).To(MatchError(And(HavePrefix(file), ContainSubstring(c.want))))
		})
	}
}

func TestParseRefusesAFileThatIsNoList(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"empty":         {"", "no entries"},
		"only comments": {"# nothing yet\n", "no entries"},
		"a mapping":     {"id: rfc6241-1-a\n", ":1:1: the file must be a YAML list"},
		"texts":         {"- one\n", ":1:3: an entry must be a mapping"},
		"two documents": {valid + "---\n" + valid, "a second YAML document"},
		"an id twice":   {valid + valid, `:20:7: id "rfc6241-7.5-released" is already that of the entry on line 2`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse(file, []byte(c.text))
			NewWithT(t).Expect(err).To(MatchError(ContainSubstring(c.want)))
		})
	}
}

func TestParseListsEveryFault(t *testing.T) {
	text := strings.NewReplacer("MUST NOT", "WILL", "touches: lock", "touches: all").Replace(valid)
	_, err := Parse(file, []byte(text))
	NewWithT(t).Expect(strings.Split(err.Error(), "\n")).To(HaveLen(2))
}
