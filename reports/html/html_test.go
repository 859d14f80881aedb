package html_test

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	nethtml "golang.org/x/net/html"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/html"
)

func TestThePageHasARowForEachRequirementAndSpec(t *testing.T) {
	g := NewWithT(t)
	r := sample(t)
	_, tree := written(t, r, t.TempDir())
	for _, q := range r.Requirements {
		rows := elements(tree, withID(q.ID))
		g.Expect(rows).To(HaveLen(1), q.ID)
		g.Expect(attribute(rows[0], "data-verdict")).To(Equal(string(q.Verdict)), q.ID)
		g.Expect(text(rows[0])).To(And(ContainSubstring(q.ServerMust), ContainSubstring(q.Level), ContainSubstring(q.Reference())))
		for _, id := range q.Specs {
			g.Expect(text(rows[0])).To(ContainSubstring(id))
		}
	}
	for _, s := range r.Specs {
		rows := elements(tree, withID(s.ID))
		g.Expect(rows).To(HaveLen(1), s.ID)
		g.Expect(attribute(rows[0], "data-suite")).To(Equal(s.Suite))
		for _, b := range s.Broken {
			g.Expect(text(rows[0])).To(ContainSubstring(strings.Join(strings.Fields(b.Message), " ")))
		}
		for _, o := range s.Observations {
			g.Expect(text(rows[0])).To(ContainSubstring(o.Name))
		}
	}
}

func TestTheFirstScreenTellsWhoWasJudgedAndHow(t *testing.T) {
	g := NewWithT(t)
	r := sample(t)
	r.Target.Security["server-version"] = "SSH-2.0-RomSShell_5.40"
	_, tree := written(t, r, t.TempDir())
	g.Expect(text(elements(tree, having("identity"))[0])).To(And(ContainSubstring("edge-1 192.0.2.7:830 over ssh, profile ietf-system"),
		ContainSubstring("SSH-2.0-RomSShell_5.40"), ContainSubstring("candidate 1.0"), ContainSubstring("3 capabilities"), ContainSubstring("1 YANG modules")))
	outcome := text(elements(tree, having("outcome"))[0])
	g.Expect(outcome).To(And(ContainSubstring("FAIL"), ContainSubstring("1 requirement violated"), ContainSubstring("2 stale waivers"),
		ContainSubstring("The host key was accepted without a check."), ContainSubstring("rfc6241-7.5-lock-denied-session-id"),
		ContainSubstring("session/documented/inventory")))
	g.Expect(outcome).NotTo(ContainSubstring("session/documented/lock"), "a step behind one that failed tells nothing new")
	counts := elements(tree, having("counts"))[0]
	g.Expect(text(counts)).To(And(ContainSubstring("seed42"), ContainSubstring("exit code1"), ContainSubstring("took14.5 s")))
	rows := map[string][]string{}
	for _, row := range elements(counts, named("tr")) {
		for _, cell := range elements(row, named("td")) {
			head := text(elements(row, named("th"))[0])
			rows[head] = append(rows[head], text(cell))
		}
	}
	// violation, stale waiver, error, waived, advisory, pass, not run, not applicable, all
	g.Expect(rows["MUST"]).To(Equal([]string{"1", "0", "1", "0", "0", "3", "2", "0", "7"}))
	g.Expect(rows["SHOULD"]).To(Equal([]string{"0", "0", "0", "0", "1", "0", "0", "0", "1"}))
	g.Expect(rows["specs"]).To(Equal([]string{"2", "2", "2", "1", "1", "4", "2", "1", "15"}))
}

func TestASpecLeadsToWhatExplainsIt(t *testing.T) {
	g := NewWithT(t)
	r := sample(t)
	r.Target.Software = "Junos 23.2R1"
	for i := range r.Specs {
		switch s := &r.Specs[i]; s.ID {
		case "hello/first":
			s.Monitor, s.SeenIn = true, []string{"lock/released"}
		case "rpc/message-id-opaque":
			s.Waiver.Link, s.Waiver.Until, s.Waiver.Contains = "https://bugs.example/4711", "2027-01-31", "found     7"
		}
	}
	_, tree := written(t, r, t.TempDir())
	hrefs := func(id string) []string {
		var all []string
		for _, a := range elements(elements(tree, withID(id))[0], named("a")) {
			all = append(all, attribute(a, "href"))
		}
		return all
	}
	g.Expect(hrefs("hello/first")).To(ContainElement("#lock/released"))
	g.Expect(hrefs("rpc/message-id-opaque")).To(ContainElement("https://bugs.example/4711"))
	g.Expect(text(elements(tree, withID("rpc/message-id-opaque"))[0])).To(And(ContainSubstring("vendor case 4711, fixed in 2.14"), ContainSubstring("until 2027-01-31"), ContainSubstring("found 7")))
	g.Expect(text(elements(tree, having("software"))[0])).To(Equal("Junos 23.2R1"))
}

func TestTheOutcome(t *testing.T) {
	pass := verdict.Spec{ID: "a/b", Suite: "a", Verdict: verdict.Pass}
	report := func(change func(*verdict.Report), specs ...verdict.Spec) *verdict.Report {
		r := &verdict.Report{Run: verdict.Run{Complete: true}}
		for _, s := range specs {
			r.Add(s)
		}
		change(r)
		return r
	}
	none := func(*verdict.Report) {}
	for name, c := range map[string]struct {
		report *verdict.Report
		shows  []string
	}{
		"all well":         {report(none, pass), []string{"PASS", "No requirement violated in 1 spec."}},
		"no requirement":   {report(none, verdict.Spec{ID: "mine/a", Suite: "mine", Verdict: verdict.Violation, Reason: "breaks the transcript"}), []string{"FAIL", "1 spec failed.", "mine/a", "breaks the transcript"}},
		"an error":         {report(none, pass, verdict.Spec{ID: "a/c", Verdict: verdict.Error, Reason: "no route"}), []string{"ERROR", "1 spec without a verdict because of an error.", "a/c", "no route"}},
		"nothing executed": {report(none, verdict.Spec{ID: "a/c", Verdict: verdict.NotRun}), []string{"ERROR", "Nothing was executed."}},
		"unusable":         {report(func(r *verdict.Report) { r.Run.Unusable = "no route to host" }), []string{"UNUSABLE", "no route to host"}},
		"interrupted":      {report((*verdict.Report).Interrupt, pass), []string{"INTERRUPTED", "The run broke off.", "what was not reached has no verdict"}},
		"left behind":      {report(func(r *verdict.Report) { r.State.LeftBehind = []string{"/system/hostname"} }, pass), []string{"Left behind on the target: /system/hostname"}},
	} {
		_, tree := written(t, c.report, t.TempDir())
		for _, part := range c.shows {
			NewWithT(t).Expect(text(elements(tree, having("outcome"))[0])).To(ContainSubstring(part), name)
		}
	}
}

func TestCoverageHasACellForEachRequirement(t *testing.T) {
	g := NewWithT(t)
	r := sample(t)
	_, tree := written(t, r, t.TempDir())
	cells := map[string]*nethtml.Node{}
	for _, picture := range elements(tree, having("cells")) {
		for _, cell := range elements(picture, named("a")) {
			cells[attribute(cell, "href")] = cell
		}
	}
	g.Expect(cells).To(HaveLen(len(r.Requirements)))
	for _, q := range r.Requirements {
		cell := cells["#"+q.ID]
		g.Expect(cell).NotTo(BeNil(), q.ID)
		g.Expect(attribute(cell, "class")).To(Equal("v-" + string(q.Verdict)))
		shape := elements(cell, named("use"))[0]
		g.Expect(attribute(shape, "href")).To(Equal("#m-"+string(q.Verdict)), "a shape beside the colour")
		g.Expect(elements(tree, withID("m-"+string(q.Verdict)))).To(HaveLen(1))
		g.Expect(text(cell)).To(ContainSubstring(q.ID + " · " + q.Level))
	}
}

func TestLinksLeadSomewhere(t *testing.T) {
	g := NewWithT(t)
	_, tree := written(t, sample(t), t.TempDir())
	ids := map[string]bool{}
	for _, n := range elements(tree, func(n *nethtml.Node) bool { return attribute(n, "id") != "" }) {
		g.Expect(ids).NotTo(HaveKey(attribute(n, "id")), "an id stands once")
		ids[attribute(n, "id")] = true
	}
	links := elements(tree, func(n *nethtml.Node) bool { return strings.HasPrefix(attribute(n, "href"), "#") })
	g.Expect(len(links)).To(BeNumerically(">", 50))
	for _, n := range links {
		id, err := url.PathUnescape(strings.TrimPrefix(attribute(n, "href"), "#"))
		g.Expect(err).NotTo(HaveOccurred())
		if !strings.HasPrefix(id, "?") {
			g.Expect(ids).To(HaveKey(id))
		}
	}
}

func TestThePolicyAdmitsTheStyleTheScriptAndNothingElse(t *testing.T) {
	g := NewWithT(t)
	_, tree := written(t, sample(t), t.TempDir())
	metas := elements(tree, func(n *nethtml.Node) bool { return attribute(n, "http-equiv") == "Content-Security-Policy" })
	g.Expect(metas).To(HaveLen(1))
	styles := elements(tree, named("style"))
	scripts := elements(tree, func(n *nethtml.Node) bool { return n.Data == "script" && attribute(n, "type") == "" })
	g.Expect(styles).To(HaveLen(1))
	g.Expect(scripts).To(HaveLen(1))
	hash := func(n *nethtml.Node) string {
		sum := sha256.Sum256([]byte(n.FirstChild.Data))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	g.Expect(attribute(metas[0], "content")).To(Equal("default-src 'none'; style-src " + hash(styles[0]) + "; script-src " + hash(scripts[0]) +
		"; base-uri 'none'; form-action 'none'"))
	for _, n := range elements(tree, func(*nethtml.Node) bool { return true }) {
		for _, a := range n.Attr {
			g.Expect(a.Key).NotTo(Or(Equal("style"), Equal("src"), Equal("srcset"), HavePrefix("on")), "%s of %s", a.Key, n.Data)
		}
	}
}

func TestHeadingsAreInOrder(t *testing.T) {
	_, tree := written(t, sample(t), t.TempDir())
	last := 0
	for _, n := range elements(tree, func(n *nethtml.Node) bool {
		return len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6'
	}) {
		level := int(n.Data[1] - '0')
		NewWithT(t).Expect(level).To(BeNumerically("<=", last+1), text(n))
		last = level
	}
}

func TestAFileAppearsWholeOrNotAtAll(t *testing.T) {
	g := NewWithT(t)
	folder := t.TempDir()
	path := filepath.Join(folder, "report.html")
	g.Expect(os.WriteFile(path, []byte("the last one"), 0o600)).To(Succeed())
	g.Expect(html.WriteFile(path, sample(t), filepath.Join(folder, "nowhere"))).To(MatchError(ContainSubstring("opening the folder of the transcripts")))
	g.Expect(os.ReadFile(path)).To(BeEquivalentTo("the last one"))
	g.Expect(html.WriteFile(path, sample(t), folder)).To(Succeed())
	page, err := os.ReadFile(path)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(page)).To(HaveSuffix("</html>\n"))
	entries, err := os.ReadDir(folder)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(entries).To(HaveLen(1), "nothing is left beside it")
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestAFullDiskIsAnError(t *testing.T) {
	NewWithT(t).Expect(html.Write(full{}, sample(t), nil)).To(MatchError(ContainSubstring("no space left")))
}
