package format

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	. "github.com/onsi/gomega"
)

// sound is a script that uses every key; the faults below are made by changing a part of it.
const sound = `format: ncspec-transcript/v1
id: lock-and-leave
title: A lock ends with its session
source: RFC 6241 §7.5
needs: [base:1.0, "!startup", "fixture:list|fixture:leaf"]
touches: lock
namespaces: {x: "urn:x"}
sessions:
  owner: {}
  rival:
    hello: ["urn:ietf:params:netconf:base:1.0"]
steps:
  - id: connect
    session: owner
    open: true
    covers: [rfc6241-8.1-server-sends-hello]
    expect: [number(/nc:hello/nc:session-id) >= 1]
  - id: lock
    title: take it
    session: owner
    send: <lock><target><${target.datastore}/></target></lock>
    covers: [rfc6241-7.5-lock-granted]
    expect:
      - /nc:rpc-reply/nc:ok
      - that: /nc:rpc-reply/@message-id = ${lock.message-id}
        covers: [rfc6241-4.1-message-id-echo]
      - not(${fixture.list.expr}) and ${owner.session-id} != '0'
  - id: change
    session: owner
    needs: [fixture:list]
    send: |
      <edit-config>
        <config>${fixture.list.config.create}</config>
      </edit-config>
    envelope: bare
    expect: [/nc:rpc-reply/x:ok]
  - id: octets
    session: owner
    raw: "a\r\n"
  - id: leave
    session: owner
    end: true
    always: true
`

func TestSoundScript(t *testing.T) {
	g := NewWithT(t)
	transcript, err := Parse("sound.yaml", []byte(sound))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(transcript.ID).To(Equal("lock-and-leave"))
	g.Expect(transcript.Recorded).To(BeNil())
	g.Expect(transcript.Needs).To(Equal([]Need{"base:1.0", "!startup", "fixture:list|fixture:leaf"}))
	g.Expect(transcript.Namespaces).To(Equal(map[string]string{"nc": BaseNamespace, "x": "urn:x"}))
	g.Expect(transcript.Sessions).To(HaveLen(2))
	g.Expect(transcript.Sessions[0].Hello).To(BeNil())
	g.Expect(transcript.Sessions[1].Hello).To(Equal([]string{"urn:ietf:params:netconf:base:1.0"}))

	actions := []Action{}
	for _, step := range transcript.Steps {
		actions = append(actions, step.Action)
	}
	g.Expect(actions).To(Equal([]Action{ActionOpen, ActionSend, ActionSend, ActionRaw, ActionEnd}))
	lock := transcript.Steps[1]
	g.Expect(lock.Expect[0].Covers).To(Equal([]string{"rfc6241-7.5-lock-granted"}), "taken from the step")
	g.Expect(lock.Expect[1].Covers).To(Equal([]string{"rfc6241-4.1-message-id-echo"}), "its own")
	g.Expect(lock.Expect[1].At).To(Equal(Position{25, 15}))
	g.Expect(lock.Envelope).To(Equal(EnvelopeRPC))
	g.Expect(transcript.Steps[2].Envelope).To(Equal(EnvelopeBare))
	g.Expect(transcript.Steps[3].Octets).To(Equal([]byte("a\r\n")))
	g.Expect(transcript.Steps[4].Always).To(BeTrue())
}

// fault is a change to the sound script, and what the loader must say of it.
type fault struct {
	name, old, new string
	want           string // "line:column: " and a part of the message
	schema         bool   // the JSON Schema sees it too
}

func faults() []fault {
	return append(append(headFaults(), stepFaults()...), expressionFaults()...)
}

func headFaults() []fault {
	return []fault{
		{"wrong format", "transcript/v1", "transcript/v2", "1:9: format: \"ncspec-transcript/v2\" is not allowed; allowed: ncspec-transcript/v1", true},
		{"unknown key", "touches: lock", "touches: lock\nsorce: x", `7:1: key of a transcript: "sorce" is not allowed; allowed: format, id, title, source, target, started, needs, touches, namespaces, sessions, steps (did you mean "source"?)`, true},
		{"missing key", "touches: lock\n", "", `1:1: a transcript has no "touches": it is required`, true},
		{"key twice", "touches: lock", "touches: lock\ntouches: lock", `7:1: a transcript has "touches" twice: it is in line 6 already`, false},
		{"number for text", "title: A lock ends with its session", "title: 2026", "3:8: title must be text, not 2026; put it in quotes", true},
		{"empty text", "title: A lock ends with its session", `title: " "`, "3:8: title is empty", true},
		{"nothing for text", "title: A lock ends with its session", "title:", "3:7: title must be text, not nothing", true},
		{"impossible id", "id: lock-and-leave", "id: Lock_1", `2:5: id: "Lock_1" is not allowed; write lower-case letters, digits and single hyphens`, true},
		{"unknown effect", "touches: lock", "touches: candidte", `6:10: touches: "candidte" is not allowed; allowed: nothing, session, lock, candidate, running, startup, server (did you mean "candidate"?)`, true},
		{"target of a script", "touches: lock", "touches: lock\ntarget: a", `7:9: "target" is for recordings`, true},
		{"no time", "touches: lock", "touches: lock\nstarted: today", `7:10: started: "today" is no time; write it as 2026-`, true},
		{"needs is no list", `needs: [base:1.0, "!startup", "fixture:list|fixture:leaf"]`, "needs: candidate", `5:8: needs must be a list of conditions`, true},
		{"need with blanks", "base:1.0,", "a b,", `5:9: "a b" is no need`, true},
		{"empty alternative", "base:1.0,", "\"a|\",", `5:9: "a|" is no need`, true},
		{"need as a mapping", "base:1.0,", "{fixture: list},", "5:9: an entry of needs must be text, not a mapping: write no blank after the colon", true},
		{"misspelt capability", "base:1.0,", "candidat,", `5:9: no capability is called "candidat": did you mean "candidate"?`, false},
		{"unknown fixture", "fixture:list|fixture:leaf", "fixture:lst", `5:31: fixture: "lst" is not allowed; allowed: leaf, list, operational, text (did you mean "list"?)`, false},
		{"shared candidate or not", "base:1.0,", "\"candidate|shared-candidate\",", `5:9: "shared-candidate" stands by itself`, false},
		{"shared candidate, misspelt", "base:1.0,", "share-candidate,", `did you mean "shared-candidate"?`, false},
		{"shared candidate of a step", "    needs: [fixture:list]", "    needs: [shared-candidate]", "shared-candidate is a need of a whole transcript", false},
		{"impossible prefix", "{x: ", "{1x: ", `7:14: namespaces: "1x" is no prefix`, true},
		{"prefix of fixtures", "{x: ", "{f1: ", `7:14: namespaces: the prefix "f1" is taken`, true},
		{"nc for another namespace", "{x: ", "{nc: ", `7:18: namespaces: nc always stands for urn:ietf:params:xml:ns:netconf:base:1.0`, true},
		{"sessions is a list", "  owner: {}\n  rival:\n    hello: [\"urn:ietf:params:netconf:base:1.0\"]", "  - owner", "9:3: sessions must be a mapping (key: value), not a list", true},
		{"no session", "\n  owner: {}\n  rival:\n    hello: [\"urn:ietf:params:netconf:base:1.0\"]", " {}", "8:11: sessions is empty: name at least one", true},
		{"session without value", "owner: {}", "owner:", "9:3: session owner has no value: write owner: {}", true},
		{"impossible session name", "rival:", "Rival:", `10:3: session: "Rival" is not allowed`, true},
		{"unknown key of a session", "hello:", "helo:", `11:5: key of session rival: "helo" is not allowed; allowed: hello, session-id (did you mean "hello"?)`, true},
		{"session-id of a script", "owner: {}", "owner: {session-id: \"4\"}", `9:23: "session-id" is for recordings`, true},
		{"hello is no list", `hello: ["urn:ietf:params:netconf:base:1.0"]`, "hello: base", "11:12: hello must be a list of capability URIs", true},
		{"steps is a mapping", "steps:", "steps:\n  a: b\nrest:", "13:3: steps must be a list of steps, not a mapping", true},
		{"no steps", "steps:", "steps: []\nrest:", "12:8: steps is empty", true},
		{"anchor", "title: A lock", "title: &a A lock", "3:8: title must be text, not an anchor; anchors and aliases are not part of the format", false},
		{"second document", "format:", "---\na: b\n---\nformat:", "one transcript a file", true},
		{"tab for indentation", "  owner: {}", "\towner: {}", "9:1: not YAML: found character", false},
		{"open quote", "always: true", "always: \"true", "43:13: not YAML: could not find end character of double-quoted text", false},
		{"not UTF-8", "title: A lock", "title: \xff lock", "3:8: not UTF-8", false},
		{"deep nesting", "title: A lock", "title: " + strings.Repeat("[", 100), "3:72: nested deeper than 64 levels", false},
	}
}

func stepFaults() []fault {
	return []fault{
		{"step is text", "  - id: connect\n    session: owner\n    open: true\n    covers: [rfc6241-8.1-server-sends-hello]\n    expect: [number(/nc:hello/nc:session-id) >= 1]", "  - connect", `13:5: a step must be a mapping (key: value), not "connect"`, true},
		{"unknown key of a step", "    send: <lock>", "    sent: <lock>", `21:5: key of a step: "sent" is not allowed; allowed: open, send, raw, end, received, note, id, title,`, true},
		{"no action", "    raw: \"a\\r\\n\"\n", "", `37:5: step "octets" does nothing: it needs one of open, send, raw, end`, true},
		{"two actions", "    raw: ", "    end: true\n    raw: ", `40:10: step "octets" has "raw" beside "end": one step does one thing`, true},
		{"open is yes", "open: true", "open: yes", `15:11: open must be true (leave the key out otherwise), not "yes"`, true},
		{"open is false", "open: true", "open: false", `15:11: open must be true (leave the key out otherwise), not false`, true},
		{"no id", "  - id: octets\n    session: owner", "  - session: owner", `37:5: a step has no "id": it is required`, true},
		{"id twice", "id: octets", "id: lock", `37:9: id of a step: "lock" is that of the step in line 18 already`, false},
		{"impossible step id", "id: octets", "id: a.b", `37:9: id of a step: "a.b" is not allowed`, true},
		{"no session", "  - id: octets\n    session: owner", "  - id: octets", `37:5: step "octets" has no "session": one of owner, rival`, true},
		{"undeclared session", "  - id: octets\n    session: owner", "  - id: octets\n    session: ownr", `38:14: session: "ownr" is not allowed; allowed: owner, rival (did you mean "owner"?)`, false},
		{"session not open", "  - id: octets\n    session: owner", "  - id: octets\n    session: rival", `38:14: step "octets": the session is not open here`, false},
		{"session opened twice", "    raw: \"a\\r\\n\"", "    open: true", `38:14: step "octets": the session is open already`, false},
		{"session ended before", "    raw: \"a\\r\\n\"", "    end: true", `41:14: step "leave": the session is not open here`, false},
		{"unknown envelope", "envelope: bare", "envelope: soap", `35:15: envelope: "soap" is not allowed; allowed: rpc, bare`, true},
		{"envelope without send", "    raw:", "    envelope: bare\n    raw:", `39:15: "envelope" is the rpc element around "send"`, true},
		{"send without expect", "    envelope: bare\n    expect: [/nc:rpc-reply/x:ok]", "    envelope: bare", `28:5: step "change" has no "expect": say what the reply must hold`, true},
		{"expect of an end", "    end: true", "    end: true\n    expect: [true()]", `43:13: "expect" looks at a message: it goes with send, raw or open`, true},
		{"expect is text", "expect: [/nc:rpc-reply/x:ok]", "expect: /nc:rpc-reply/x:ok", `36:13: expect must be a list of XPath 1.0 expressions`, true},
		{"expect is empty", "expect: [/nc:rpc-reply/x:ok]", "expect: []", `36:13: expect is empty`, true},
		{"entry of expect without covers", "        covers: [rfc6241-4.1-message-id-echo]\n", "", `25:9: an entry of expect has no "covers": it is required`, true},
		{"entry of expect without that", "      - that: /nc:rpc-reply/@message-id = ${lock.message-id}\n        covers", "      - covers", `25:9: an entry of expect has no "that": it is required`, true},
		{"impossible requirement", "rfc6241-7.5-lock-granted", "lock-granted", `22:14: covers: "lock-granted" is no requirement id; they look like rfc6241-`, true},
		{"requirement twice", "[rfc6241-7.5-lock-granted]", "[rfc6241-7.5-a, rfc6241-7.5-a]", `22:29: covers: "rfc6241-7.5-a" is there twice`, true},
		{"covers that judge nothing", "    raw:", "    covers: [rfc6241-7.5-a]\n    raw:", `39:13: "covers" of the step judges nothing`, true},
		{"always on a note", "    end: true", "    note: x", `43:13: "always" is for steps that do something`, true},
		{"unknown tag", `raw: "a\r\n"`, "raw: !!int 4", "39:10: raw: the tag !!int is not allowed; allowed: !!binary (base64)", true},
		{"no base64", `raw: "a\r\n"`, "raw: !!binary \"?\"", "39:10: raw: !!binary takes base64", false},
		{"negative offset", "    raw:", "    at: -1\n    raw:", "39:9: at must be the milliseconds since the start", true},
		{"unknown framing", "    raw:", "    framing: none\n    raw:", `39:14: framing: "none" is not allowed; allowed: end-of-message, chunked`, true},
	}
}

func expressionFaults() []fault {
	return []fault{
		{"unknown variable", "${target.datastore}", "${target.datastor}", `21:26: unknown variable ${target.datastor} (did you mean "target.datastore"?); known here: SESSION.session-id,`, false},
		{"session not opened yet", "${owner.session-id}", "${rival.session-id}", "27:39: unknown variable ${rival.session-id}", false},
		{"message-id of a later step", "${lock.message-id}", "${leave.message-id}", "25:43: unknown variable ${leave.message-id}", false},
		{"message-id of a bare step", "[/nc:rpc-reply/x:ok]", "[\"${change.message-id} = '1'\"]", "36:15: unknown variable ${change.message-id}", false},
		{"unclosed variable", "${target.datastore}", "${target.datastore", `21:26: send: "${" begins a variable`, false},
		{"XML in an expression", "${fixture.list.expr}", "${fixture.list.filter}", "27:13: ${fixture.list.filter} is of kind XML, which cannot stand here", false},
		{"expression in a request", "${fixture.list.config.create}", "${fixture.list.expr}", "33:17: ${fixture.list.expr} is of kind expression, which cannot stand here", false},
		{"variable in quotes", "= ${lock.message-id}", "= '${lock.message-id}'", "25:43: expect: a variable in quotes", false},
		{"unclosed element", "</target></lock>", "</target>", "21:56: send: not well-formed: <lock> is not closed", false},
		{"wrong end tag", "      </edit-config>", "      </edit>", "34:7: send: not well-formed: </edit> closes <edit-config>", false},
		{"unbound prefix in a request", "<config>", "<config nc:operation=\"merge\">", "33:9: send: the prefix nc of nc:operation is not bound", false},
		{"two operations", "</target></lock>", "</target></lock><get/>", "21:63: send: a second element", false},
		{"rpc around the operation", "<lock><target><${target.datastore}/></target></lock>", "<rpc/>", "21:11: send: no rpc element", false},
		{"no operation", "<lock><target><${target.datastore}/></target></lock>", "lock", "21:11: send: text outside the operation's element", false},
		{"unbound prefix", "[/nc:rpc-reply/x:ok]", "[/nc:rpc-reply/y:ok]", `36:28: expect: the prefix "y" of y:ok is not bound; bound here: nc, x`, false},
		{"rest after an expression", "      - /nc:rpc-reply/nc:ok\n", "      - /nc:rpc-reply/nc:ok nc:x\n", `24:29: expect: "nc:x" cannot stand here; XPath 1.0 expects an operator or the end`, false},
		{"function of XPath 2.0", "[/nc:rpc-reply/x:ok]", "[\"matches(., 'a')\"]", `36:15: expect: function of XPath 1.0: "matches" is not allowed`, false},
		{"unclosed bracket", "[number(/nc:hello/nc:session-id) >= 1]", "['/nc:hello[1']", `17:24: expect: "[" is not closed`, false},
	}
}

func TestEveryFaultIsNamedWithItsPlace(t *testing.T) {
	for _, f := range faults() {
		t.Run(f.name, func(t *testing.T) {
			g := NewWithT(t)
			_, err := Parse("script.yaml", []byte(f.script(t)))
			g.Expect(err).To(HaveOccurred())
			g.Expect("\n" + err.Error()).To(ContainSubstring(f.place() + f.want))
			var all Faults
			g.Expect(errors.As(err, &all)).To(BeTrue())
		})
	}
}

// place is how the wanted line begins; a fault whose place is of no interest has no digits in front.
func (f fault) place() string {
	if f.want[0] >= '0' && f.want[0] <= '9' {
		return "\nscript.yaml:"
	}
	return ""
}

func (f fault) script(t *testing.T) string {
	t.Helper()
	if strings.Count(sound, f.old) == 0 {
		t.Fatalf("the sound script does not hold %q", f.old)
	}
	return strings.Replace(sound, f.old, f.new, 1)
}

func TestAllFaultsAreReportedInOrder(t *testing.T) {
	g := NewWithT(t)
	bad := strings.NewReplacer("id: lock-and-leave", "id: Bad", "touches: lock", "touches: luck", "open: true", "open: 1").Replace(sound)
	_, err := Parse("bad.yaml", []byte(bad))
	var all Faults
	g.Expect(errors.As(err, &all)).To(BeTrue())
	lines := []int{}
	for _, f := range all {
		lines = append(lines, f.Line)
	}
	g.Expect(lines).To(Equal([]int{2, 6, 15}))
	var one Fault
	g.Expect(errors.As(err, &one)).To(BeTrue())
	g.Expect(one.File).To(Equal("bad.yaml"))
}

func TestEmptyFile(t *testing.T) {
	for _, empty := range []string{"", "\n", "# nothing\n"} {
		_, err := Parse("empty.yaml", []byte(empty))
		NewWithT(t).Expect(err).To(MatchError(ContainSubstring("empty.yaml:1:1: the file is empty")))
	}
}

func TestStepsWithNeedsMayOpenInEitherWay(t *testing.T) {
	steps := `steps:
  - {id: a, session: owner, open: true, needs: [candidate]}
  - {id: b, session: owner, open: true, needs: ["!candidate"]}
  - {id: c, session: owner, end: true, needs: [candidate]}
  - {id: d, session: owner, raw: x}
  - {id: e, session: owner, end: true}
  - {id: f, session: owner, open: true}
`
	_, err := Parse("script.yaml", []byte(sound[:strings.Index(sound, "steps:")]+steps))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
}

func TestWindowsLineEndsAreLineEnds(t *testing.T) {
	g := NewWithT(t)
	transcript, err := Parse("crlf.yaml", []byte(strings.ReplaceAll(sound, "\n", "\r\n")))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(transcript.Steps[2].Send.Text).NotTo(ContainSubstring("\r"))
}

func TestLoadDir(t *testing.T) {
	g := NewWithT(t)
	second := strings.Replace(sound, "lock-and-leave", "second", 1)
	files := fstest.MapFS{"b.yaml": {Data: []byte(sound)}, "a.yml": {Data: []byte(second)}, "README.md": {}}
	all, err := LoadDir(files, "dir")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect([]string{all[0].ID, all[1].ID}).To(Equal([]string{"second", "lock-and-leave"}))

	files["c.yaml"] = &fstest.MapFile{Data: []byte(sound)}
	files["d.yaml"] = &fstest.MapFile{Data: []byte("format: x")}
	_, err = LoadDir(files, "dir")
	g.Expect(err).To(MatchError(ContainSubstring(filepath.Join("dir", "c.yaml") + `: the id "lock-and-leave" is that of ` + filepath.Join("dir", "b.yaml"))))
	g.Expect(err).To(MatchError(ContainSubstring(filepath.Join("dir", "d.yaml") + ":1:9: format:")))

	_, err = LoadDir(fstest.MapFS{}, "dir")
	g.Expect(err).To(MatchError(ContainSubstring("dir has no transcript")))
}

func TestLoad(t *testing.T) {
	g := NewWithT(t)
	file := filepath.Join(t.TempDir(), "script.yaml")
	_, err := Load(file)
	g.Expect(err).To(MatchError(os.ErrNotExist))
	g.Expect(os.WriteFile(file, []byte(sound), 0o600)).To(Succeed())
	transcript, err := Load(file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(transcript.File).To(Equal(file))
}

// FuzzParse looks for input that the loader does not survive.
func FuzzParse(f *testing.F) {
	f.Add([]byte(sound))
	for _, fault := range faults() {
		f.Add([]byte(strings.Replace(sound, fault.old, fault.new, 1)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if transcript, err := Parse("fuzz.yaml", data); (transcript == nil) == (err == nil) {
			t.Fatalf("transcript %v, error %v", transcript, err)
		}
	})
}
