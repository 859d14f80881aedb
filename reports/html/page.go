package html

import (
	"html/template"
	"net/url"
	"strings"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/theme"
)

// page is what the templates see. Its texts have passed through show: the templates know nothing of the report.
type page struct {
	Policy   string
	Style    template.CSS
	Script   template.JS
	Tool     string
	Headline headline
	Target   target
	Run      []fact
	Warnings []string
	Table    table
	Coverage []picture
	RFCs     []rfc
	Suites   []suite
	Filters  filters
}

func newPage(r *verdict.Report, a *archive) page {
	style, script := style(), script()
	b := newBuilder(r, a)
	return page{
		Policy: theme.Policy([]string{string(style)}, []string{string(script)}), Style: template.CSS(style), Script: template.JS(script),
		Tool: show(r.Tool.Name + " " + r.Tool.Version), Headline: newHeadline(r), Target: newTarget(r.Target), Run: runFacts(r),
		Warnings: warnings(r), Table: newTable(r), Coverage: pictures(r), RFCs: b.rfcs(), Suites: b.suites(),
		Filters: newFilters(r),
	}
}

// show makes visible what would act on a screen or reorder the text. All that servers, targets and files say goes through it.
func show(text string) string { return verdict.Printable(text) }

func shown(texts []string) []string {
	var all []string
	for _, text := range texts {
		all = append(all, show(text))
	}
	return all
}

// link is the address of a place in the page.
func link(id string) template.URL {
	return template.URL("#" + strings.ReplaceAll(url.PathEscape(id), "%2F", "/"))
}

// only is the address of the page with filters set; pairs are names and values.
func only(pairs ...string) template.URL {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return template.URL("#?" + values.Encode())
}

// group gives the level that filters and counts know: MUST NOT is a MUST, SHOULD NOT a SHOULD.
func group(level string) string { return strings.TrimSuffix(level, " NOT") }

// levels are the groups of levels, the strongest first.
func levels() []string { return []string{"MUST", "BEHAVIOUR", "SHOULD", "MAY"} }
