//go:build browser

package html_test

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/reports/html"
)

// BenchmarkFirstScreen opens the page of 1,000 specs with 20 MB of recordings, in a Chromium of its own each time.
func BenchmarkFirstScreen(b *testing.B) {
	folder := b.TempDir()
	path := filepath.Join(folder, "report.html")
	if err := html.WriteFile(path, big(b, folder), folder); err != nil {
		b.Fatal(err)
	}
	var painted, whole float64
	for b.Loop() {
		p := open(b, light(), path, "")
		p.waitFor("performance.getEntriesByName('first-contentful-paint').length")
		painted += p.number("performance.getEntriesByName('first-contentful-paint')[0].startTime")
		whole += p.number("performance.getEntriesByType('navigation')[0].loadEventEnd")
		p.quiet()
	}
	b.ReportMetric(painted/float64(b.N), "ms/first-paint")
	b.ReportMetric(whole/float64(b.N), "ms/loaded")
}

func (p *tab) number(expression string) float64 {
	value, err := strconv.ParseFloat(p.text(expression), 64)
	p.Expect(err).NotTo(HaveOccurred(), expression)
	return value
}

var picture = flag.String("picture", "", "`file` for the picture of a report, which TestPicture takes")

// TestPicture takes the picture that README shows: the first screen of a defective server's report.
func TestPicture(t *testing.T) {
	if *picture == "" {
		t.Skip("-picture names no file: make screenshot does")
	}
	page := judged(t, "--defect", "chunk-size-zero-accepted", "--defect", "message-id-truncated", "--defect", "error-path-relative",
		"--defect", "error-message-without-language")
	p := open(t, look{width: 1280, height: 1120}, page, "")
	taken, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	p.Expect(err).NotTo(HaveOccurred())
	p.Expect(os.WriteFile(*picture, taken, 0o644)).To(Succeed())
}
