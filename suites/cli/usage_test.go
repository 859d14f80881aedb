package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// transcript is a transcript file that can be played, with more behind it.
func transcript(more string) string {
	return `format: ncspec-transcript/v1
id: own
title: our own sequence
touches: nothing
sessions:
  a: {}
steps:
  - id: open
    session: a
    open: true
` + more
}

func TestWrongUsage(t *testing.T) {
	alone(t)
	device := "address: 127.0.0.1:830\nuser: admin\n"
	for name, c := range map[string]struct {
		args  []string
		tells []string
	}{
		"unknown flag":            {[]string{"--safty", "running"}, []string{"unknown flag: --safty"}},
		"a value that is none":    {[]string{"--seed", "many"}, []string{`invalid argument "many" for "--seed" flag`}},
		"two targets":             {[]string{"ssh://a@b", "ssh://c@d"}, []string{"accepts at most 1 arg(s), received 2"}},
		"unknown safety level":    {[]string{"--safety", "careless"}, []string{"--safety", "read-only, candidate, running or disruptive"}},
		"unknown profile":         {[]string{"--profile", "fulll"}, []string{`no profile "fulll"`, "full, base10"}},
		"unknown defect":          {[]string{"--defect", "lock-granted-twise"}, []string{"lock-granted-twice"}},
		"a profile of a device":   {[]string{"ssh://a@b", "--profile", "full"}, []string{"drop them, or drop the target"}},
		"a host key that is none": {[]string{"ssh://a@b", "--host-key", "yes"}, []string{"--host-key", "known-hosts, accept, or a fingerprint SHA256"}},
		"no such key file":        {[]string{"ssh://a@b", "--identity", "/nowhere/key"}, []string{"/nowhere/key"}},
		"a password in the URL":   {[]string{"ssh://admin:Canary-7Hq@b"}, []string{"a password does not belong in a URL", "--password-env"}},
		"another transport":       {[]string{"telnet://a@b"}, []string{`the transport "telnet" is not supported`}},
		"neither URL nor file":    {[]string{"nosuch"}, []string{`"nosuch" is neither a URL nor a target file`}},
		"no such target file":     {[]string{"nosuch.yaml"}, []string{"nosuch.yaml", "no such file"}},

		"target file, unknown key":   {[]string{write(t, "device.yaml", device+"graze: 5s\n")}, []string{"device.yaml:3:1:", "graze", "grace"}},
		"target file, wrong type":    {[]string{write(t, "device.yaml", device+"identities: one\n")}, []string{"device.yaml:3:13:", "identities"}},
		"target file, not YAML":      {[]string{write(t, "device.yaml", device+"name: [\n")}, []string{"device.yaml:3:"}},
		"target file, empty":         {[]string{write(t, "device.yaml", "")}, []string{"device.yaml", "address: host:port"}},
		"target file, bad XPath":     {[]string{write(t, "device.yaml", device+"operational:\n  rpc: <a/>\n  expect: //x[\n")}, []string{"device.yaml:5:11:", "operational.expect"}},
		"target file, no duration":   {[]string{write(t, "device.yaml", device+"grace: soon\n")}, []string{"device.yaml:3:8:", "such as 5s"}},
		"target file, unbound names": {[]string{write(t, "device.yaml", device+"fixture:\n  namespaces: {y: urn:y}\n  leaf:\n    path: /x:a/x:b\n    values: [a, b]\n")}, []string{"device.yaml:6:11:", "x"}},

		"transcript, unknown key": {[]string{"--transcripts", filepath.Dir(write(t, "own.yaml", transcript("    expct: [/nc:hello]\n")))},
			[]string{"own.yaml:11:5:", "expct", "expect"}},
		"transcript, bad XPath": {[]string{"--transcripts", filepath.Dir(write(t, "own.yaml", transcript("    expect: [/nc:hello[]\n")))},
			[]string{"own.yaml:11:"}},
		"transcript, not YAML":     {[]string{"--transcripts", filepath.Dir(write(t, "own.yaml", "steps: ]\n"))}, []string{"own.yaml:1:8:"}},
		"transcript, no such step": {[]string{"--transcripts", filepath.Dir(write(t, "own.yaml", transcript("  - id: more\n    session: b\n    send: <get/>\n")))}, []string{"own.yaml:12:14:", "b"}},
		"no transcripts":           {[]string{"--transcripts", t.TempDir()}, []string{"has no transcript: a transcript is a *.yaml file"}},
		"no folder of transcripts": {[]string{"--transcripts", "/nowhere"}, []string{"reading the transcripts", "/nowhere"}},

		"unknown spec":        {[]string{"--spec", "lock/denied-names-owner"}, []string{`there is no spec "lock/denied-names-owner"`, "did you mean", "lock/denied-names-holder"}},
		"a spec mistyped":     {[]string{"--spec", "lock/denid-names-holder"}, []string{"did you mean", "lock/denied-names-holder"}},
		"a suite mistyped":    {[]string{"--spec", "lok/denied-names-holder"}, []string{"did you mean", "lock/denied-names-holder"}},
		"unknown skip":        {[]string{"--skip", "lock/nothing"}, []string{`there is no spec "lock/nothing"`}},
		"unknown suite":       {[]string{"--suite", "locks"}, []string{`there is no suite "locks"`, "hello", "lock", "session"}},
		"unknown requirement": {[]string{"--requirement", "rfc6241-7.5-denied-when-hold"}, []string{"did you mean", "rfc6241-7.5-denied-when-held"}},
		"nothing selected":    {[]string{"--suite", "hello", "--spec", "lock/denied-names-holder"}, []string{"the filters select no spec", "--suite", "ncspec list"}},
		"all skipped":         {[]string{"--suite", "hello", "--skip", "hello"}, []string{"the filters select no spec"}},

		"waivers, no reason":   {[]string{"--waivers", write(t, "waivers.yaml", "waivers:\n  - id: lock/x\n")}, []string{"waivers.yaml:2:5:", "no reason"}},
		"waivers, unknown key": {[]string{"--waivers", write(t, "waivers.yaml", "waivers:\n  - id: lock/x\n    resaon: y\n")}, []string{"waivers.yaml:3:5:", "resaon"}},
		"waivers of nothing known": {[]string{"--waivers", write(t, "waivers.yaml", "waivers:\n  - id: lock/denied-names-owner\n    reason: y\n  - id: rfc6241-7.5-denied-when-hold\n    reason: y\n")},
			[]string{"waivers.yaml:2:5:", `no spec or requirement "lock/denied-names-owner"`, "did you mean", "lock/denied-names-holder?", "waivers.yaml:4:5:", "rfc6241-7.5-denied-when-held"}},
		"waivers, reasons to come": {[]string{"--waivers", write(t, "waivers.yaml", "waivers:\n  - id: lock/granted\n    reason: TODO\n")}, []string{"waivers.yaml:3:13:", "say why"}},
		"no such waivers":          {[]string{"--waivers", "/nowhere/w.yaml"}, []string{"/nowhere/w.yaml"}},
	} {
		t.Run(name, func(t *testing.T) {
			o := ncspec(t, append([]string{"run"}, c.args...)...)
			fails(t, o, exitUsage, c.tells...)
			NewWithT(t).Expect(o.out).To(BeEmpty())
			NewWithT(t).Expect(o.errs).To(HavePrefix("ncspec: "))
			NewWithT(t).Expect(o.errs + strings.Join(red(t, filepath.Join(o.dir, "junit.xml")), "")).NotTo(ContainSubstring("Canary"))
		})
	}
}

func TestEveryFaultOfAFileIsTold(t *testing.T) {
	alone(t)
	file := write(t, "device.yaml", "address: 127.0.0.1:830\nuser: admin\nsafety: careless\nhost-key: yes please\n")
	fails(t, ncspec(t, "run", file), exitUsage, "device.yaml:3:9:", "device.yaml:4:11:")
}

func TestUnknownCommand(t *testing.T) {
	g := NewWithT(t)
	o := ncspec(t, "rum")
	g.Expect(o.code).To(Equal(exitUsage))
	g.Expect(o.errs).To(ContainSubstring(`unknown command "rum"`))
}

func TestExplainingWhatIsUnknown(t *testing.T) {
	g := NewWithT(t)
	for id, near := range map[string]string{
		"rfc6241-7.5-denied-when-hold": "rfc6241-7.5-denied-when-held", "lock/denied-names-owner": "lock/denied-names-holder",
	} {
		o := ncspec(t, "explain", id)
		g.Expect(o.code).To(Equal(exitUsage))
		g.Expect(o.errs).To(And(ContainSubstring("did you mean"), ContainSubstring(near)), id)
	}
}

func TestAFolderThatCannotBeWritten(t *testing.T) {
	alone(t)
	file := write(t, "file", "")
	for name, dir := range map[string]string{"below a file": filepath.Join(file, "report"), "a file": file} {
		t.Run(name, func(t *testing.T) {
			more := filepath.Join(t.TempDir(), "deep", "more.xml")
			o := ncspec(t, "run", "--out", dir, "--junit", more)
			g := NewWithT(t)
			g.Expect(o.code).To(Equal(exitUsage))
			g.Expect(o.errs).To(And(ContainSubstring("--out "+dir), ContainSubstring("not a directory")))
			g.Expect(red(t, more)).To(ConsistOf(ContainSubstring("--out " + dir)))
			g.Expect(os.ReadFile(file)).To(BeEmpty())
		})
	}
}

func TestAJUnitFileThatCannotBeWritten(t *testing.T) {
	alone(t)
	o := ncspec(t, "run", "--junit", filepath.Join(write(t, "file", ""), "more.xml"))
	fails(t, o, exitUsage, "writing the JUnit file", "more.xml")
	NewWithT(t).Expect(filepath.Join(o.dir, "report.json")).NotTo(BeAnExistingFile(), "it is found out before the run")
}

func TestAFolderThatIsNotOurs(t *testing.T) {
	alone(t)
	for name, c := range map[string]struct{ file, text, tells string }{
		"other files":            {"notes.txt", "keep me", "the folder holds notes.txt, which is not ncspec's"},
		"transcripts of ours":    {"transcripts/mine.yaml", "keep me", "nothing in the folder says that it is ncspec's"},
		"somebody else's JUnit":  {"junit.xml", "<testsuites/>", "nothing in the folder says that it is ncspec's"},
		"somebody else's report": {"report.json", "{}", "nothing in the folder says that it is ncspec's"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, c.file)
			g := NewWithT(t)
			g.Expect(os.MkdirAll(filepath.Dir(file), 0o755)).To(Succeed())
			g.Expect(os.WriteFile(file, []byte(c.text), 0o644)).To(Succeed())
			more := filepath.Join(t.TempDir(), "more.xml")
			o := ncspec(t, "run", "--out", dir, "--junit", more)
			g.Expect(o.code).To(Equal(exitUsage))
			g.Expect(o.errs).To(And(ContainSubstring(c.tells), ContainSubstring("choose another folder")))
			g.Expect(red(t, more)).To(ConsistOf(ContainSubstring(c.tells)))
			g.Expect(os.ReadFile(file)).To(BeEquivalentTo(c.text))
			g.Expect(filepath.Glob(filepath.Join(dir, "*"))).To(HaveLen(1), "nothing is added")
		})
	}
}

func TestOurFolderIsReplaced(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	first := ncspec(t, "run", "--spec", "hello/server-sends-hello")
	g.Expect(first.code).To(BeZero(), first.errs)
	g.Expect(filepath.Join(first.dir, "transcripts", "hello", "server-sends-hello.yaml")).To(BeAnExistingFile())
	// What a run that was killed has left stands beside it.
	g.Expect(os.MkdirAll(filepath.Join(first.dir, ".junit-1"), 0o755)).To(Succeed())

	second := ncspec(t, "run", "--out", first.dir, "--spec", "hello/session-id-present")
	g.Expect(second.code).To(BeZero(), second.errs)
	g.Expect(filepath.Join(first.dir, "transcripts", "hello", "server-sends-hello.yaml")).NotTo(BeAnExistingFile())
	g.Expect(filepath.Join(first.dir, ".junit-1")).NotTo(BeAnExistingFile())

	third := ncspec(t, "run", "--out", first.dir, "--bogus")
	fails(t, third, exitUsage, "unknown flag: --bogus")
	g.Expect(filepath.Join(first.dir, "report.json")).NotTo(BeAnExistingFile(), "it would pass for this run's")
}

func TestFlagsForTheOutputAreFoundBehindOnesThatAreWrong(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	dir, more := filepath.Join(t.TempDir(), "report"), filepath.Join(t.TempDir(), "more.xml")
	o := ncspec(t, "run", "--bogus", "value", "--junit="+more, "--out", dir, "--strict")
	fails(t, o, exitUsage, "unknown flag: --bogus")
	g.Expect(red(t, more)).To(ConsistOf(ContainSubstring("unknown flag: --bogus")))
}
