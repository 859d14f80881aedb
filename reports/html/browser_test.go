//go:build browser

package html_test

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	. "github.com/onsi/gomega"
)

// patience is the limit of everything that a browser is asked for.
const patience = 60 * time.Second

// look is how a reader looks at the page.
type look struct {
	dark          bool
	width, height int64
}

func light() look { return look{width: 1280, height: 900} }
func dark() look  { return look{dark: true, width: 1280, height: 900} }

// tab is a page in Chromium, with all that it complained of and all that it asked the network for.
type tab struct {
	*WithT
	ctx  context.Context
	file string

	mutex      sync.Mutex
	complaints []string
	fetched    []string
}

// open opens a file at a hash ("" for none) in a Chromium of its own.
func open(t testing.TB, l look, file, hash string) *tab {
	t.Helper()
	p := &tab{WithT: NewWithT(t), file: file}
	path, err := exec.LookPath("chromium")
	p.Expect(err).NotTo(HaveOccurred(), "the browser tests take Debian's chromium: apt-get install chromium")
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.WindowSize(int(l.width), int(l.height)))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithListener(p.hear))
	t.Cleanup(cancel)
	p.ctx, cancel = context.WithTimeout(ctx, patience)
	t.Cleanup(cancel)
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	_, err = chromedp.Call(p.ctx, network.Enable, network.EnableParams{})
	p.Expect(err).NotTo(HaveOccurred())
	_, err = chromedp.Call(p.ctx, emulation.SetEmulatedMedia,
		emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	p.Expect(err).NotTo(HaveOccurred())
	p.do(chromedp.EmulateViewport(l.width, l.height), chromedp.Navigate(p.address(hash)))
	return p
}

func (p *tab) address(hash string) string { return "file://" + p.file + hash }

// hear notes complaints and requests. The page itself is the one thing that may be asked for.
func (p *tab) hear(event any) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	switch e := event.(type) {
	case *log.EventEntryAdded:
		p.complaints = append(p.complaints, fmt.Sprintf("%v: %s", e.Entry.Level, e.Entry.Text))
	case *runtime.EventConsoleAPICalled:
		p.complaints = append(p.complaints, fmt.Sprintf("console.%v", e.Type))
	case *runtime.EventExceptionThrown:
		p.complaints = append(p.complaints, e.ExceptionDetails.Text+" "+e.ExceptionDetails.Exception.Description)
	case *network.EventRequestWillBeSent:
		if address, _, _ := strings.Cut(e.Request.URL, "#"); address != p.address("") {
			p.fetched = append(p.fetched, e.Request.URL)
		}
	}
}

// quiet demands that the page has complained of nothing and has asked the network for nothing.
func (p *tab) quiet() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.Expect(p.complaints).To(BeEmpty())
	p.Expect(p.fetched).To(BeEmpty())
}

func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.Expect(chromedp.Do(p.ctx, actions...)).To(Succeed())
}

// goTo changes the hash as a reader does who follows a link.
func (p *tab) goTo(hash string) { p.text(fmt.Sprintf("location.hash = %q", hash)) }

func (p *tab) press(keys string) { p.do(chromedp.KeyEvent(keys)) }

func (p *tab) click(selector string) { p.do(chromedp.Click(selector)) }

// waitFor waits until a condition in JavaScript holds. It needs no eval, which the page's policy forbids.
func (p *tab) waitFor(condition string) {
	_, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](fmt.Sprintf(
		"new Promise(done => { const look = () => (%s) ? done(true) : setTimeout(look, 20); look() })", condition), chromedp.EvalAwaitPromise))
	p.Expect(err).NotTo(HaveOccurred(), condition)
}

// text evaluates an expression in JavaScript and gives its value as a text.
func (p *tab) text(expression string) string {
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[string]("String("+expression+")"))
	p.Expect(err).NotTo(HaveOccurred(), expression)
	return value
}

// textOf is what a reader sees of the element.
func (p *tab) textOf(selector string) string {
	return p.text(fmt.Sprintf("document.querySelector(%q).innerText", selector))
}

// hash is what stands behind # in the address.
func (p *tab) hash() string { return p.text("decodeURIComponent(location.hash)") }
