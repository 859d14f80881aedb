package dsl

import (
	"context"
	"fmt"
	"strings"

	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/monitor"
)

// DemandNoFindings judges what a monitor has found against a requirement in all that the run made the server send. The
// spec has no verdict where nothing of the kind was seen.
func DemandNoFindings(ctx context.Context, id string, kind monitor.Kind) {
	collector := FromContext(ctx).Monitor
	findings, more := collector.Findings(id)
	if seen := collector.Seen(kind); seen == 0 && len(findings) == 0 {
		NoVerdict(fmt.Sprintf("no %s was seen", kind))
	} else {
		Observe(fmt.Sprintf("%s seen", kind), seen)
	}
	var lines []string
	for _, f := range findings {
		lines = append(lines, f.String())
	}
	if more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", more))
	}
	Demand(id, strings.Join(lines, "\n")).To(match.Hold("nothing against it in what the server sent", func(text string) bool { return text == "" }))
}
