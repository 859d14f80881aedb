package suites_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onsi/ginkgo/v2/reporters"
	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/suites"
)

// judged runs TestSuites in a process of its own, with flags as go test and ginkgo hand them on.
func judged(t *testing.T, flags ...string) (said string, passed bool) {
	t.Helper()
	executable, err := os.Executable()
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	command := exec.CommandContext(t.Context(), executable, append([]string{"-test.run=^TestSuites$", "-ginkgo.no-color"}, flags...)...)
	output, err := command.CombinedOutput()
	return string(output), err == nil
}

func TestGinkgosFiltersAndReports(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	asJSON, asJUnit := filepath.Join(folder, "report.json"), filepath.Join(folder, "junit.xml")
	said, passed := judged(t, "-ginkgo.label-filter=rfc6241-7.5-lock-own-twice && !transcript", "-ginkgo.json-report="+asJSON, "-ginkgo.junit-report="+asJUnit)
	g := NewWithT(t)
	g.Expect(passed).To(BeTrue(), said)

	var all []types.Report
	g.Expect(json.Unmarshal(read(t, asJSON), &all)).To(Succeed())
	g.Expect(all).To(HaveLen(1))
	g.Expect(ran(all[0])).To(ConsistOf("lock/own-twice"))
	for _, spec := range all[0].SpecReports {
		if spec.State == types.SpecStatePassed && spec.LeafNodeType == types.NodeTypeIt {
			g.Expect(entries(spec)).To(ContainElement("demand"))
		}
	}
	var junit reporters.JUnitTestSuites
	g.Expect(xml.Unmarshal(read(t, asJUnit), &junit)).To(Succeed())
	g.Expect(junit.TestSuites).To(HaveLen(1))
	g.Expect(junit.Failures + junit.Errors).To(BeZero())
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return data
}

// ran are the ids of the specs that ran, in their order.
func ran(report types.Report) []string {
	var ids []string
	for _, spec := range report.SpecReports {
		if spec.LeafNodeType == types.NodeTypeIt && spec.State == types.SpecStatePassed {
			id, _, _ := strings.Cut(spec.LeafNodeText, " ")
			ids = append(ids, id)
		}
	}
	return ids
}

func entries(spec types.SpecReport) []string {
	var names []string
	for _, entry := range spec.ReportEntries {
		names = append(names, entry.Name)
	}
	return names
}

func TestGinkgosSeed(t *testing.T) {
	t.Parallel()
	order := func(seed int) []string {
		file := filepath.Join(t.TempDir(), fmt.Sprintf("%d.json", seed))
		said, passed := judged(t, "-ginkgo.focus= lock/(granted|own-twice|denied-names-holder|empty-target|no-target|unlock-own) ", fmt.Sprintf("-ginkgo.seed=%d", seed), "-ginkgo.randomize-all", "-ginkgo.json-report="+file)
		NewWithT(t).Expect(passed).To(BeTrue(), said)
		var all []types.Report
		NewWithT(t).Expect(json.Unmarshal(read(t, file), &all)).To(Succeed())
		return ran(all[0])
	}
	first := order(1)
	g := NewWithT(t)
	g.Expect(first).To(ContainElement("lock/own-twice"))
	g.Expect(order(1)).To(Equal(first))
	g.Expect(order(2)).NotTo(Equal(first))
}

func TestGinkgoWithATarget(t *testing.T) {
	server, err := reference.Start(t.Context(), reference.Options{Defects: []string{"own-lock-granted-again"}})
	g := NewWithT(t)
	g.Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { _ = server.Close() })
	t.Setenv("NCSPEC_PASSWORD", "admin")
	said, passed := judged(t, "-ginkgo.focus= lock/(granted|own-twice) ", "--target=ssh://admin@"+server.Addr(), "-host-key="+gossh.FingerprintSHA256(server.HostKey()))
	g.Expect(passed).To(BeFalse(), said)
	g.Expect(said).To(And(ContainSubstring("lock/own-twice"), ContainSubstring("1 Failed")))

	said, passed = judged(t, "-ginkgo.focus= lock/(granted|own-twice) ", "-target=ssh://admin@"+server.Addr(), "-host-key=accept", "-safety=read-only")
	g.Expect(passed).To(BeTrue(), said)
	g.Expect(said).To(ContainSubstring("0 Passed"))
}

func TestGinkgoWithAWrongTarget(t *testing.T) {
	t.Parallel()
	for flag, tells := range map[string]string{"-target=nosuch": "neither a URL nor a target file", "-safety=careless": "-safety:"} {
		said, passed := judged(t, flag)
		NewWithT(t).Expect(passed).To(BeFalse(), said)
		NewWithT(t).Expect(said).To(ContainSubstring(tells))
	}
}

func TestGinkgoInParallelIsRefused(t *testing.T) {
	t.Parallel()
	said, passed := judged(t, "-ginkgo.parallel.total=2", "-ginkgo.parallel.process=1", "-ginkgo.parallel.host=127.0.0.1:1")
	NewWithT(t).Expect(passed).To(BeFalse(), said)
	NewWithT(t).Expect(said).To(ContainSubstring(suites.ErrParallel.Error()))
}
