package dsl

import (
	"context"
	"fmt"

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
	Demand(id, findings).To(match.BeNoFinding(more))
}
