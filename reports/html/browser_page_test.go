//go:build browser

package html_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	. "github.com/onsi/gomega"
)

// judged runs ncspec, built from this tree, against its reference server and gives the page that it wrote.
func judged(t testing.TB, arguments ...string) string {
	t.Helper()
	folder := t.TempDir()
	program := filepath.Join(folder, "ncspec")
	built, err := exec.Command("go", "build", "-o", program, "github.com/ncspec/ncspec").CombinedOutput()
	NewWithT(t).Expect(err).NotTo(HaveOccurred(), string(built))
	out := filepath.Join(folder, "out")
	said, _ := exec.Command(program, append([]string{"run", "--quiet", "--out", out}, arguments...)...).CombinedOutput() // violations are no error here
	page := filepath.Join(out, "report.html")
	NewWithT(t).Expect(page).To(BeAnExistingFile(), string(said))
	return page
}

func some() []string { return []string{"--suite", "lock", "--suite", "rpc", "--suite", "framing"} }

// TestReportOfTheReferenceServer reads the report of a server without a fault.
func TestReportOfTheReferenceServer(t *testing.T) {
	page := judged(t, some()...)
	for name, l := range map[string]look{"light": light(), "dark": dark()} {
		t.Run(name, func(t *testing.T) {
			p := open(t, l, page, "#?suite=lock")
			p.Expect(p.textOf(".outcome")).To(And(ContainSubstring("PASS"), ContainSubstring("No requirement violated")))
			p.Expect(p.textOf("h1")).To(Equal("reference server"))
			p.accessible()
			p.goTo("lock/denied-names-holder")
			p.waitFor("document.querySelectorAll('.event').length > 8")
			p.Expect(p.text("document.querySelectorAll('.judged').length")).To(Equal("0"))
			p.accessible()
			p.quiet()
		})
	}
}

// TestReportOfADefectiveServer follows a violation from the first screen to the octets that prove it.
func TestReportOfADefectiveServer(t *testing.T) {
	page := judged(t, append(some(), "--defect", "lock-denied-names-requester")...)
	for name, l := range map[string]look{"light": light(), "dark": dark()} {
		t.Run(name, func(t *testing.T) {
			p := open(t, l, page, "#?suite=lock")
			p.Expect(p.textOf(".outcome")).To(ContainSubstring("FAIL"))
			p.click(`.worst a[href="#rfc6241-7.5-lock-denied-session-id"]`)
			p.waitFor(`document.getElementById("rfc6241-7.5-lock-denied-session-id").open`)
			p.click(`details[open] .evidence a[href="#lock/denied-names-holder"]`)
			p.waitFor("document.querySelector('.is-judged')")
			p.Expect(p.hash()).To(Equal("#lock/denied-names-holder?suite=lock"))
			p.Expect(p.textOf(".is-judged .judged")).To(HaveSuffix("/nc:rpc-reply/nc:rpc-error/nc:error-info/nc:session-id selects what is marked"))
			p.Expect(p.textOf(".is-judged .gist")).To(Equal("rpc-reply 1: rpc-error lock-denied"))
			p.Expect(p.marked(".view-messages", "hit")).To(MatchRegexp(`^<session-id>\d+</session-id>$`))
			p.accessible()

			p.click("button[data-view=octets]")
			p.Expect(p.marked(".view-octets", "hit")).To(MatchRegexp(`^<session-id>\d+</session-id>$`))
			p.Expect(p.textOf(".is-judged .view-octets")).To(MatchRegexp(`^LF\n#\d+LF\n<rpc-reply .*</rpc-reply>LF\n##LF\n$`))
			p.accessible()
			p.quiet()
		})
	}
}

// marked is what is marked in the message that was judged.
func (p *tab) marked(view, class string) string {
	return p.text(fmt.Sprintf("[...document.querySelectorAll('.is-judged %s mark.%s')].map(m => m.innerText).join('')", view, class))
}

func TestFilters(t *testing.T) {
	p := open(t, light(), samplePage(t), "")
	shown := func() string {
		return p.text("[...document.querySelectorAll('.spec:not([hidden])')].map(row => row.id).join(' ')")
	}
	p.click("[name=verdict][value=violation] + span")
	p.Expect(shown()).To(Equal("lock/denied-names-holder session/documented/inventory"))
	p.Expect(p.hash()).To(Equal("#?verdict=violation"))
	p.Expect(p.textOf("#n-requirement")).To(Equal("1 requirement"))
	p.do(chromedp.SetValue("#f-suite", "session"))
	p.text("document.getElementById('f-suite').dispatchEvent(new Event('input', {bubbles: true}))")
	p.Expect(shown()).To(Equal("session/documented/inventory"))
	p.do(chromedp.Reload())
	p.Expect(shown()).To(Equal("session/documented/inventory"), "the address holds the filters")
	p.click("#filters button[type=reset]")
	p.Expect(p.hash()).To(BeEmpty())

	p.click(`.counts a[href="#?level=MUST&verdict=error"]`)
	p.waitFor("location.hash.includes('level=MUST')")
	p.Expect(shown()).To(Equal("rpc/extra-attribute"))
	p.goTo("?rfc=6242")
	p.waitFor("!document.getElementById('hello/first')?.checkVisibility()")
	p.Expect(shown()).To(Equal("framing/no-leading-zero framing/huge-chunk framing/flood hello/end-of-message"))
	p.goTo("?text=startup+announce")
	p.waitFor("document.getElementById('n-spec').innerText == '1 spec'")
	p.Expect(shown()).To(Equal("lock/startup"))
	p.goTo("lock/denied-names-holder")
	p.waitFor("document.getElementById('lock/denied-names-holder').open")
	p.Expect(p.text("document.getElementById('lock/denied-names-holder').checkVisibility()")).To(Equal("true"), "a deep link outdoes the filters")
	p.goTo("?text=nothing-has-this")
	p.waitFor("document.querySelector('#specs > .none').checkVisibility()")
	p.quiet()
}

func TestKeyboard(t *testing.T) {
	p := open(t, light(), samplePage(t), "")
	p.press("/")
	p.Expect(p.text("document.activeElement.id")).To(Equal("f-text"))
	p.text("document.activeElement.value = ''") // the protocol types the character even where the page has taken the key
	p.press("lock")
	p.waitFor("location.hash == '#?text=lock'")
	p.press("\x1b")
	p.press("j")
	first := p.text("document.activeElement.closest('details').id")
	p.press("j")
	p.Expect(p.text("document.activeElement.closest('details').id")).NotTo(Equal(first))
	p.press("k")
	p.Expect(p.text("document.activeElement.closest('details').id")).To(Equal(first))
	p.press("\r")
	p.waitFor(fmt.Sprintf("document.getElementById(%q).open", first))
	p.press("\x1b")
	p.waitFor("location.hash == ''")
	p.press("?")
	p.waitFor("document.getElementById('help').open")
	p.accessible()
	p.press("\x1b")
	p.waitFor("!document.getElementById('help').open")
	p.press("t")
	p.press("t")
	p.Expect(p.text("getComputedStyle(document.documentElement).colorScheme")).To(Equal("dark"))
	p.quiet()
}

func TestADeepLinkLeadsToAMessage(t *testing.T) {
	p := open(t, look{width: 390, height: 800}, samplePage(t), "#lock/denied-names-holder@9")
	p.waitFor("document.querySelector('.event.note')")
	p.waitFor("(() => { const r = document.getElementById('lock/denied-names-holder@9').getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()")
	p.Expect(p.textOf(".event.note .note")).To(Equal(`no reply to message-id "2" within 1s`))
	p.Expect(p.textOf(".gap")).To(Equal("1.00 s pass"))
	p.Expect(p.text("document.documentElement.scrollWidth <= innerWidth")).To(Equal("true"), "nothing sticks out of a narrow screen")
	p.accessible()
	p.quiet()
}

// samplePage is the page of the sample, with one recording.
func samplePage(t testing.TB) string {
	t.Helper()
	folder := t.TempDir()
	record(t, folder, contention())
	page, _ := written(t, sample(t), folder)
	path := filepath.Join(folder, "report.html")
	NewWithT(t).Expect(os.WriteFile(path, []byte(page), 0o644)).To(Succeed())
	return path
}

// accessible demands that axe-core finds no serious fault in what is shown. It takes out the rows that a filter has hidden:
// axe-core takes its time for those too.
func (p *tab) accessible() {
	p.text("document.querySelectorAll('.row[hidden]').forEach(row => row.remove())")
	axe, err := os.ReadFile("testdata/axe/node_modules/axe-core/axe.min.js")
	p.Expect(err).NotTo(HaveOccurred(), "axe-core is not installed: make test-browser does it, with npm")
	_, err = chromedp.Run(p.ctx, chromedp.Evaluate[bool](string(axe)+";true"))
	p.Expect(err).NotTo(HaveOccurred())
	found, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](`axe.run().then(found => JSON.stringify(found.violations
		.map(v => ({impact: v.impact, rule: v.id, help: v.help, where: v.nodes.slice(0, 3).map(n => n.target + ' ' + n.html.slice(0, 200))}))))`, chromedp.EvalAwaitPromise))
	p.Expect(err).NotTo(HaveOccurred())
	var faults []struct {
		Impact, Rule, Help string
		Where              []string
	}
	p.Expect(json.Unmarshal([]byte(found), &faults)).To(Succeed())
	var serious []string
	for _, f := range faults {
		if f.Impact == "serious" || f.Impact == "critical" || f.Impact == "moderate" {
			serious = append(serious, fmt.Sprintf("%s: %s (%s)\n  %s", f.Impact, f.Help, f.Rule, strings.Join(f.Where, "\n  ")))
		}
	}
	p.Expect(strings.Join(serious, "\n")).To(BeEmpty())
}
