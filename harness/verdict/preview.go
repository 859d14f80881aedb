package verdict

import "github.com/onsi/ginkgo/v2/types"

// Preview gives the id of a spec that has just ended, and what its verdict will most likely be: waivers and levels are
// left to Judge. It is of use for a progress line.
func Preview(report types.SpecReport) (string, Verdict) {
	f := gather(report)
	switch {
	case report.State == types.SpecStateSkipped && len(f.holds) > 0:
		return f.id, f.holds[0].Verdict
	case report.State == types.SpecStateSkipped:
		return f.id, NotRun
	case len(f.faults) > 0:
		return f.id, Error
	}
	for _, d := range f.demands {
		if !d.Held && report.State.Is(types.SpecStateFailureStates) {
			return f.id, Violation
		}
		if !d.Held {
			return f.id, Advisory
		}
	}
	return f.id, Pass
}
