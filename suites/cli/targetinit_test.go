package cli_test

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/target"
)

func TestTargetInitWritesAFileThatRuns(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	server := serve(t, reference.Options{})
	knows(t, server.Addr(), server.HostKey())
	file := filepath.Join(t.TempDir(), "lab.yaml")
	o := ncspec(t, "target", "init", "ssh://admin@"+server.Addr(), "--out", file)
	g.Expect(o.code).To(BeZero(), o.errs)
	g.Expect(o.out).To(ContainSubstring("ncspec run " + file))
	text, err := os.ReadFile(file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(text)).To(And(ContainSubstring("host-key: "+fingerprint(server)), ContainSubstring("known_hosts"),
		ContainSubstring("profile: reference"), ContainSubstring("#   urn:ietf:params:netconf:base:1.1\n")))

	g.Expect(os.RemoveAll(filepath.Join(os.Getenv("HOME"), ".ssh"))).To(Succeed())
	o = ncspec(t, "run", file, "--suite", "lock")
	g.Expect(o.code).To(BeZero(), "%s\n%s", o.out, o.errs)

	o = ncspec(t, "target", "init", "ssh://admin@"+server.Addr(), "--out", file)
	g.Expect(o.code).To(Equal(exitUsage))
	g.Expect(o.errs).To(ContainSubstring(file + " is there already, and is not replaced"))
	g.Expect(os.ReadFile(file)).To(Equal(text))
}

func TestTargetInitWritesNothingWhereNothingIsReached(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	file := filepath.Join(t.TempDir(), "lab.yaml")
	o := ncspec(t, "target", "init", "ssh://admin@"+closed(t), "--out", file)
	g.Expect(o.code).To(Equal(exitUnusable))
	g.Expect(o.errs).To(ContainSubstring("that the server runs"))
	g.Expect(file).NotTo(BeAnExistingFile())
	o = ncspec(t, "target", "init", "router", "--out", file)
	g.Expect(o.code).To(Equal(exitUsage))
	g.Expect(o.errs).To(ContainSubstring("write ssh://user@host:port"))
}

func TestTargetSchema(t *testing.T) {
	o := ncspec(t, "target", "schema")
	NewWithT(t).Expect(o.code).To(BeZero())
	NewWithT(t).Expect(o.out).To(Equal(string(target.Schema())))
}

func TestWaiversOfTheTargetFile(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	server := serve(t, reference.Options{})
	writeAt(t, filepath.Join(os.Getenv("HOME"), "known.yaml"), "- nonsense: true\n")
	o := ncspec(t, "run", device(t, server.Addr(), "waivers: "+filepath.Join(os.Getenv("HOME"), "known.yaml")+"\n"))
	g.Expect(o.code).To(Equal(exitUsage))
	g.Expect(o.errs).To(ContainSubstring("known.yaml"))
}

func TestARunThatTakesLongerThanTheTargetFileAllows(t *testing.T) {
	alone(t)
	server := serve(t, reference.Options{})
	o := ncspec(t, "run", device(t, server.Addr(), "run-timeout: 1ms\n"), "--suite", "lock")
	NewWithT(t).Expect(o.code).To(Equal(exitError), "%s\n%s", o.out, o.errs)
	NewWithT(t).Expect(o.report(t).Run.Complete).To(BeFalse())
	NewWithT(t).Expect(o.out).To(ContainSubstring("cut short"))
	NewWithT(t).Expect(o.out).NotTo(ContainSubstring("not selected"))
}
