package cli_test

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/verdict"
)

// given is what a target file can give beside the way to the device.
const given = `
second-user: {user: guest, password: {env: GUEST}}
odd-user: {user: "admin\x01", password: {env: NCSPEC_PASSWORD}}
fixture:
  namespaces: {r: http://ncspec.example/ns/reference}
  leaf: {path: /r:system/r:contact, values: [ncspec-a, ncspec-b]}
  constraint:
    broken: |
      <services xmlns="http://ncspec.example/ns/reference" xmlns:nc="urn:ietf:params:xml:ns:netconf:base:1.0"><pool nc:operation="replace">
      <least>5</least><most>3</most><member>alpha</member><in-turn/></pool></services>
    mended: |
      <services xmlns="http://ncspec.example/ns/reference" xmlns:nc="urn:ietf:params:xml:ns:netconf:base:1.0"><pool nc:operation="delete"/></services>
    app-tag: APP-TAG
    nodes: [NODE, pool]
  hidden:
    there: {path: "/r:secret/r:key[name='given-there']", body: <value>hush</value>}
    other: {path: "/r:secret/r:key[name='given-other']", body: <value>more</value>}
    missing: {path: "/r:secret/r:key[name='given-missing']", body: <value>new</value>}
    secrets: [SECRET]
`

func TestWhatATargetFileGives(t *testing.T) {
	alone(t)
	t.Setenv("GUEST", "guest")
	server := serve(t, reference.Options{})
	right := []string{"APP-TAG", "pool-limits-crossed", "NODE", "most", "SECRET", "given-other"}
	specs := []string{"hello/username-not-xml", "errors/no-unauthorised-detail", "errors/app-tag-of-the-model", "errors/path-context-node"}
	run := func(replacements ...string) map[string]verdict.Verdict {
		args := []string{"run", quickly(t, server.Addr(), strings.NewReplacer(replacements...).Replace(given))}
		for _, id := range specs {
			args = append(args, "--spec", id)
		}
		return ncspec(t, args...).verdicts(t)
	}
	g := NewWithT(t)
	verdicts := run(right...)
	for _, id := range specs {
		g.Expect(verdicts).To(HaveKeyWithValue(id, verdict.Pass))
	}
	// What the server does not have shows that the file is what the specs go by.
	g.Expect(run(append([]string{"APP-TAG", "of-another"}, right[2:]...)...)).To(HaveKeyWithValue("errors/app-tag-of-the-model", verdict.Violation))
}

func TestServeNamesTheFolderOfItsFiles(t *testing.T) {
	g := NewWithT(t)
	executable, err := os.Executable()
	g.Expect(err).NotTo(HaveOccurred())
	command := exec.CommandContext(t.Context(), executable, "serve", "--listen", "127.0.0.1:0")
	command.Env = append(os.Environ(), asCommand+"=1")
	out, err := command.StdoutPipe()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(command.Start()).To(Succeed())
	lines := bufio.NewScanner(out)
	for range 3 {
		g.Expect(lines.Scan()).To(BeTrue())
	}
	folder, told := strings.CutPrefix(lines.Text(), "file:/// is ")
	g.Expect(told).To(BeTrue(), lines.Text())
	g.Expect(folder).To(BeADirectory())
	g.Expect(command.Process.Signal(os.Interrupt)).To(Succeed())
	g.Expect(command.Wait()).To(Succeed())
	g.Expect(folder).NotTo(BeADirectory())
}
