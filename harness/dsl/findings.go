package dsl

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/monitor"
	"github.com/ncspec/ncspec/harness/verdict"
)

// DemandNoFindings judges what a monitor has found against a requirement in all that the run made the server send. The
// spec has no verdict where nothing of the kind was seen.
func DemandNoFindings(ctx context.Context, id string, kind monitor.Kind) {
	collector := FromContext(ctx).Monitor
	findings, _ := collector.Findings(id)
	if seen := collector.Seen(kind); seen == 0 && len(findings) == 0 {
		NoVerdict(fmt.Sprintf("no %s was seen", kind))
	} else {
		Observe(fmt.Sprintf("%s seen", kind), seen)
	}
	DemandNone(ctx, id)
}

// DemandNone is DemandNoFindings for a spec that has looked itself whether anything of the kind was seen.
func DemandNone(ctx context.Context, id string) {
	findings, more := FromContext(ctx).Monitor.Findings(id)
	var specs []string
	for _, f := range findings {
		if strings.Contains(f.Spec, "/") && !slices.Contains(specs, f.Spec) {
			specs = append(specs, f.Spec)
		}
	}
	if len(specs) > 0 {
		ginkgo.AddReportEntry(verdict.SeenEntry, verdict.Seen{Specs: specs}, ginkgo.ReportEntryVisibilityNever)
	}
	Demand(id, findings).To(match.BeNoFinding(more))
}
