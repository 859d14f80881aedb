// Package markdown writes a report as the summary page of a CI job: GitHub Flavored Markdown, which GitLab and Jenkins
// show too. What a server sent is shown as it is and means nothing on the page.
package markdown

import (
	"io"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/compare"
	"github.com/ncspec/ncspec/reports/whole"
)

// Limit bounds the page in octets. GitHub refuses a summary of more than 1 MiB, and a job may have more to say.
const Limit = 960 << 10

// Since is what changed since a baseline, and the exit code that this leads to.
type Since struct {
	Comparison *compare.Comparison
	Exit       int
}

// Write writes the page to a file, whole or not at all; since is nil for a run without a baseline.
func Write(path string, r *verdict.Report, since *Since) error {
	return Save(path, Page(r, since, Limit))
}

// Failure writes a page for a run that did not come to a report: it says why.
func Failure(path, why string) error {
	return Save(path, []byte("## ❌ ncspec: no verdict\n\n"+fence(bounded(why, longestEntry))))
}

// Save writes a page to a file, whole or not at all.
func Save(path string, page []byte) error {
	return whole.Write(path, func(w io.Writer) error {
		_, err := w.Write(page)
		return err
	})
}

// Page gives the page in at most limit octets, some thousands at the least. What has no room is counted and left out, the
// least important first: evidence of advisories before that of violations, evidence before names.
func Page(r *verdict.Report, since *Since, limit int) []byte {
	p := &page{left: limit - reserve}
	for _, s := range r.Specs {
		if s.Verdict != verdict.Pass {
			p.names += len(name(r, s))
		}
	}
	p.head(r, since)
	p.since(since)
	p.tables(r)
	p.findings(r, verdict.Violation)
	p.stale(r)
	p.findings(r, verdict.Error)
	p.findings(r, verdict.Advisory)
	p.findings(r, verdict.Waived)
	p.heldBack(r)
	p.foot()
	return p.Bytes()
}
