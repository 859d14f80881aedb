package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/verdict"
)

// ofSeveralSuites are specs that ask a server for many different things.
func ofSeveralSuites() []string {
	return []string{"rpc/message-id-echo", "rpc/message-id-opaque", "rpc/extra-attribute-qualified", "rpc/empty-rpc",
		"get/running-and-state", "get/get-config-no-filter", "get/get-filter-type-bad",
		"filter/namespace-match", "filter/one-entry", "filter/three-subtrees", "filter/empty-filter",
		"edit/create", "edit/delete-missing", "edit/merge", "edit/replace", "edit/bad-value", "edit/stop-on-error",
		"lock/granted", "lock/denied-names-holder", "lock/unlock-not-owner", "lock/released-by-close-session",
		"commit/updates-running", "commit/candidate-isolated", "commit/discard-ok"}
}

const (
	hostileReport = 4 << 20  // octets of a report
	mostWords     = 20 << 10 // octets that are said of one spec
)

// tooLong is said where the limit is reached, or the time is over before.
const tooLong = `octets of one message, and ncspec takes 67108864|\d+ octets of a message came, and not its end`

// words are those in which a verdict says what the server did, as regular expressions.
func words() map[string]string {
	return map[string]string{
		"hangs":               `did not answer message-id "`,
		"hangs-in-reply":      `octets of a message came, and not its end`,
		"closes":              `ended it without an answer to message-id "`,
		"closes-in-reply":     `ended it inside a message, of which 80 octets had come`,
		"disconnects":         `ended it without an answer to message-id "`,
		"answers-twice":       `answered twice: a second reply with message-id "`,
		"answers-other":       `with a reply to message-id "somebody-else-7", which nothing on this session had open`,
		"answers-other-first": `with a reply to message-id "somebody-else-7", which nothing on this session had open`,
		"huge-error":          tooLong,
		"floods-octets":       tooLong,
		"floods-replies":      `with a reply to message-id "flood", which nothing on this session had open`,
		"floods-garbage":      `\d+ octets (came|and more) that belong to no message`,
	}
}

// judgeHostile runs the specs against a server with a hostility.
func judgeHostile(t *testing.T, hostile, grace string, specs []string) (outcome, *verdict.Report) {
	t.Helper()
	server := serve(t, reference.Options{Hostile: hostile})
	file := write(t, "device.yaml", "address: "+server.Addr()+"\nuser: admin\nhost-key: accept\ngrace: "+grace+"\n")
	args := []string{"run", file, "--seed", "7"}
	for _, id := range specs {
		args = append(args, "--spec", id)
	}
	o, most := child(t, args...)
	g := NewWithT(t)
	g.Expect(most).To(BeNumerically("<", mostMemory))
	for _, name := range []string{"report.json", "junit.xml"} {
		info, err := os.Stat(filepath.Join(o.dir, name))
		g.Expect(err).NotTo(HaveOccurred(), o.errs)
		g.Expect(info.Size()).To(BeNumerically("<", hostileReport))
	}
	report := o.report(t)
	for _, spec := range report.Specs {
		g.Expect(len(spec.Message)).To(BeNumerically("<", mostWords), spec.ID)
		g.Expect(len(spec.Reason)).To(BeNumerically("<", mostWords), spec.ID)
	}
	return o, report
}

// against are the specs of a report that say something against the server or could not be judged.
func against(report *verdict.Report) []verdict.Spec {
	var all []verdict.Spec
	for _, spec := range report.Specs {
		if spec.Verdict == verdict.Violation || spec.Verdict == verdict.Error {
			all = append(all, spec)
		}
	}
	return all
}

func TestEveryHostilityHasItsWords(t *testing.T) {
	g := NewWithT(t)
	g.Expect(words()).To(HaveLen(len(reference.Hostilities())))
	for _, h := range reference.Hostilities() {
		g.Expect(words()).To(HaveKey(h.Name))
	}
}

func TestAServerThatIsHostileOnceCostsOneSpec(t *testing.T) {
	alone(t)
	for name, said := range words() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := NewWithT(t)
			o, report := judgeHostile(t, name+"@70", "1s", ofSeveralSuites()) // what is slow is not silent
			blamed := against(report)
			g.Expect(blamed).To(HaveLen(1), o.out)
			g.Expect(flat(blamed[0].Message)).To(MatchRegexp(said))
			g.Expect(flat(strings.Join(red(t, filepath.Join(o.dir, "junit.xml")), ""))).To(MatchRegexp(said))
			g.Expect(flat(o.out)).To(MatchRegexp(said))
			g.Expect(o.code).To(Equal(map[verdict.Verdict]int{verdict.Violation: 1, verdict.Error: exitError}[blamed[0].Verdict]))
			g.Expect(report.Summary[verdict.Pass]).To(Equal(len(ofSeveralSuites()) - 1))
			g.Expect(report.Run.Complete).To(BeTrue())
			g.Expect(report.State.LeftBehind).To(BeEmpty())
			g.Expect(report.State.Restored).To(BeTrue())
		})
	}
}

func TestARunEndsWithAServerThatStaysHostile(t *testing.T) {
	alone(t)
	var few []string // each costs a wait or a flood
	for i, id := range ofSeveralSuites() {
		if i%3 == 0 {
			few = append(few, id)
		}
	}
	for name, said := range words() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := NewWithT(t)
			o, report := judgeHostile(t, name+"@25-", "100ms", few)
			g.Expect(o.code).To(BeElementOf(1, exitError))
			told := ""
			for _, spec := range against(report) {
				told += spec.Message
			}
			g.Expect(flat(told)).To(MatchRegexp(said))
		})
	}
}
