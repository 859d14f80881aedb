package cli_test

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/verdict"
)

// TestSecretsStayOut lets a canary out in every way that there is: in a request, cut by chunk headers and in CDATA, in a
// reply that a failure shows, in what is left behind, in what cannot be put back. None may reach the disk or the screen.
func TestSecretsStayOut(t *testing.T) {
	alone(t)
	t.Setenv("NCSPEC_PASSWORD", "admin")
	server := serve(t, reference.Options{})
	folder := filepath.Dir(write(t, "own.yaml", `format: ncspec-transcript/v1
id: own
title: tells secrets
touches: running
sessions: {a: {}}
steps:
  - {id: open, session: a, open: true}
  - id: request
    session: a
    send: |
      <no-such-operation><password>Canary-1</password><secret><![CDATA[Canary-2]]></secret></no-such-operation>
    expect: ["/nc:rpc-reply/nc:rpc-error"]
  - id: chunks
    session: a
    raw: "\n#68\n<rpc xmlns='urn:ietf:params:xml:ns:netconf:base:1.0' message-id='9'>\n#25\n<nothing><password>Canary\n#28\n-3</password></nothing></rpc\n#1\n>\n##\n"
    expect: ["/nc:rpc-reply"]
  - id: move
    session: a
    send: >-
      <edit-config><target><running/></target><config><system xmlns="`+reference.Namespace+`">
      <location>Canary-4</location></system></config></edit-config>
    expect: ["/nc:rpc-reply/nc:ok"]
  - id: show
    session: a
    send: <get-config><source><running/></source></get-config>
    expect: ["/nc:rpc-reply/nc:ok"]
`))
	name := filepath.Base(folder)
	device := quickly(t, server.Addr(), "secret-leaves: [location]\n")
	o := ncspec(t, "run", device, "--transcripts", folder, "--suite", name, "--no-color")
	g := NewWithT(t)
	g.Expect(o.code).To(Equal(exitViolation), "%s\n%s", o.out, o.errs)
	verdicts := o.verdicts(t)
	g.Expect(verdicts[name+"/own.chunks"]).To(Equal(verdict.Pass))
	g.Expect(verdicts[name+"/own.show"]).To(Equal(verdict.Violation))
	g.Expect(o.report(t).State.LeftBehind).To(ContainElement(HaveSuffix("location=(secret)")))
	g.Expect(o.out).To(ContainSubstring("<location>********</location>"))

	g.Expect(o.out + o.errs).NotTo(Or(ContainSubstring("Canary"), ContainSubstring("Laboratory")))
	err := filepath.WalkDir(o.dir, func(path string, entry os.DirEntry, err error) error {
		g.Expect(err).NotTo(HaveOccurred())
		if !entry.IsDir() {
			text, err := os.ReadFile(path)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(string(text)).NotTo(Or(ContainSubstring("Canary"), ContainSubstring("Laboratory")), path)
		}
		return nil
	})
	g.Expect(err).NotTo(HaveOccurred())
}
