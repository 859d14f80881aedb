package match

import (
	"fmt"
	"strings"

	"github.com/ncspec/ncspec/harness/monitor"
)

// noFinding is the matcher of what monitors found.
type noFinding struct{ more int }

// BeNoFinding holds where a monitor found nothing (monitor.Collector.Findings); more is how many findings were not
// kept.
func BeNoFinding(more int) Matcher { return noFinding{more} }

// Match counts the findings.
func (m noFinding) Match(actual any) (bool, error) {
	findings, ok := actual.([]monitor.Finding)
	if !ok {
		return false, fmt.Errorf("BeNoFinding judges []monitor.Finding, not %T", actual)
	}
	return len(findings) == 0, nil
}

// shown is how many findings a failure message shows: one alone may be chance, more than a few tell nothing new.
const shown = 3

// FailureMessage shows the first findings and counts the others.
func (m noFinding) FailureMessage(actual any) string {
	findings, _ := actual.([]monitor.Finding)
	var b strings.Builder
	fmt.Fprintf(&b, "expected no breach in any message of the run\nfound    %d:", len(findings)+m.more)
	for _, f := range findings[:min(shown, len(findings))] {
		fmt.Fprintf(&b, "\n  %s", f)
	}
	if hidden := len(findings) + m.more - min(shown, len(findings)); hidden > 0 {
		fmt.Fprintf(&b, "\n  and %d more", hidden)
	}
	return b.String()
}

// NegatedFailureMessage says that there was none.
func (m noFinding) NegatedFailureMessage(any) string {
	return "expected a breach in some message of the run\nfound    none"
}
