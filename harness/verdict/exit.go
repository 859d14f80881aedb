package verdict

import "slices"

// The exit codes of a run. Wrong usage (2) never gets as far as a report.
const (
	ExitPass        = 0
	ExitViolation   = 1   // a violation or a stale waiver
	ExitUnusable    = 3   // unreachable, authentication, no NETCONF
	ExitError       = 4   // no verdict on something, the run broke off, or nothing was executed
	ExitInterrupted = 130 // Ctrl-C
)

// Exit returns the exit code: the first that applies of 130, 3, 1, 4, 0. It is never 0 when nothing was executed.
func (r *Report) Exit() int {
	switch {
	case r.Run.Interrupted:
		return ExitInterrupted
	case r.Run.Unusable != "":
		return ExitUnusable
	case r.Summary[Violation]+r.Summary[StaleWaiver] > 0:
		return ExitViolation
	case r.Summary[Error] > 0, !r.Run.Complete, r.Executed() == 0:
		return ExitError
	}
	return ExitPass
}

// Executed returns how many specs put the server to the test.
func (r *Report) Executed() int {
	n := 0
	for v, count := range r.Summary {
		if v.executed() {
			n += count
		}
	}
	return n
}

// Add appends the outcome of something that was seen after the specs, and brings the summary and the exit code up
// to date. An id that occurs again is numbered.
func (r *Report) Add(s Spec) {
	s.ID = unused(s.ID, func(id string) bool {
		return slices.ContainsFunc(r.Specs, func(s Spec) bool { return s.ID == id })
	})
	r.Specs = append(r.Specs, s.filled())
	r.count()
}

// Interrupt notes that the user ended the run after it was judged, such as during the restore.
func (r *Report) Interrupt() {
	r.Run.Interrupted, r.Run.Complete = true, false
	r.count()
}

func (r *Report) count() {
	r.Summary = map[Verdict]int{}
	for _, v := range All() {
		r.Summary[v] = 0
	}
	for _, s := range r.Specs {
		r.Summary[s.Verdict]++
	}
	r.Run.Exit = r.Exit()
}

// filled gives s with empty lists in place of nil ones.
func (s Spec) filled() Spec {
	s.Requirements = filled(s.Requirements)
	s.Observations = filled(s.Observations)
	s.RPCs = filled(s.RPCs)
	s.Broken = filled(s.Broken)
	s.Faults = filled(s.Faults)
	s.SeenIn = filled(s.SeenIn)
	for i := range s.Observations {
		s.Observations[i].Legal = filled(s.Observations[i].Legal)
	}
	return s
}

func filled[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
