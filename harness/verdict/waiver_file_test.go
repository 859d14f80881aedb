package verdict

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
)

func TestLoadWaiversReadsIDsAndReasons(t *testing.T) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "waivers.yaml")
	g.Expect(os.WriteFile(path, []byte(`# known faults
waivers:
  - id: lock/denied
    reason: vendor case 4711
    link: https://bugs.example.com/4711
    until: 2026-12-31
    contains: "<session-id>0"
  - {id: "rfc6241-7.5-x", reason: "short"}
  - id: rfc6241-7.6-y
    reason: |
      two
      lines
  - id: rfc6241-7.6-z
    reason: >-
      folded
      text
`), 0o600)).To(Succeed())

	waivers, err := LoadWaivers(path)

	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(waivers).To(Equal([]Waiver{
		{ID: "lock/denied", Reason: "vendor case 4711", Link: "https://bugs.example.com/4711", Until: "2026-12-31",
			Contains: "<session-id>0", At: path + ":3:5"},
		{ID: "rfc6241-7.5-x", Reason: "short", At: path + ":8:6"},
		{ID: "rfc6241-7.6-y", Reason: "two\nlines", At: path + ":9:5"},
		{ID: "rfc6241-7.6-z", Reason: "folded text", At: path + ":13:5"},
	}))
}

func TestLoadWaiversOfAMissingFile(t *testing.T) {
	_, err := LoadWaivers(filepath.Join(t.TempDir(), "none.yaml"))
	NewWithT(t).Expect(err).To(MatchError(os.ErrNotExist))
}

func TestWaiverFileFaultsNameTheirPlace(t *testing.T) {
	for name, c := range map[string]struct{ file, fault string }{
		"empty":            {"", "w.yaml:1:1: the file is empty"},
		"only a comment":   {"# nothing\n", "w.yaml:1:"},
		"no mapping":       {"- id: a\n", "w.yaml:1:1: this is no mapping"},
		"no key waivers":   {"other: 1\n", "w.yaml:1:1: unknown key other"},
		"no list":          {"waivers: yes\n", "w.yaml:1:10: waivers is no list"},
		"no list at all":   {"waivers:\n", "waivers is no list"},
		"no mapping entry": {"waivers:\n  - a\n", "w.yaml:2:5: a waiver is a mapping"},
		"no id":            {"waivers:\n  - reason: r\n", "w.yaml:2:5: the waiver has no id"},
		"no reason":        {"waivers:\n  - id: a/b\n", "the waiver has no reason"},
		"empty reason":     {"waivers:\n  - id: a/b\n    reason: ''\n", "the waiver has no reason"},
		"unknown key":      {"waivers:\n  - id: a/b\n    reason: r\n    untill: 2026-12-31\n", "w.yaml:4:5: unknown key untill"},
		"no date":          {"waivers:\n  - id: a/b\n    reason: r\n    until: tomorrow\n", "w.yaml:4:12: until is no date"},
		"no such day":      {"waivers:\n  - id: a/b\n    reason: r\n    until: 2026-02-30\n", "w.yaml:4:12: until is no date"},
		"a number":         {"waivers:\n  - id: a/b\n    reason: r\n    until: 2026\n", "w.yaml:4:12: until is no text"},
		"no web address":   {"waivers:\n  - id: a/b\n    reason: r\n    link: javascript:alert(1)\n", "w.yaml:4:11: link is no web address"},
		"yet to be said":   {"waivers:\n  - id: a/b\n    reason: 'todo: ask the vendor'\n", "w.yaml:3:13: the reason is yet to be written"},
		"number":           {"waivers:\n  - id: 12\n    reason: r\n", "w.yaml:2:9: id is no text"},
		"twice":            {"waivers:\n  - {id: a, reason: r}\n  - {id: a, reason: r}\n", "a second waiver for a; the first stands in line 2"},
		"second document":  {"waivers: []\n---\nwaivers: []\n", "w.yaml:3:"},
		"syntax":           {"waivers:\n  - id: [\n", "w.yaml:2:"},
		"duplicate key":    {"waivers:\n  - id: a\n    id: b\n    reason: r\n", "w.yaml:3:5: "},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parseWaivers("w.yaml", []byte(c.file))
			NewWithT(t).Expect(err).To(MatchError(ContainSubstring(c.fault)))
		})
	}
}

func TestWaiverFileReportsEveryFault(t *testing.T) {
	_, err := parseWaivers("w.yaml", []byte("waivers:\n  - reason: r\n  - id: a\n  - 7\n"))
	NewWithT(t).Expect(err.Error()).To(MatchRegexp(`(?s)w\.yaml:2:.*\n.*w\.yaml:3:.*\n.*w\.yaml:4:`))
}

func TestAnEmptyListOfWaivers(t *testing.T) {
	waivers, err := parseWaivers("w.yaml", []byte("waivers: []\n"))
	g := NewWithT(t)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(waivers).To(BeEmpty())
}
