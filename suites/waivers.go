package suites

import (
	"fmt"
	"strings"
)

// UnknownWaivers is the error of waivers that name nothing.
type UnknownWaivers struct{ Faults []string }

// Error lists every such waiver on a line of its own: where it stands, what comes near, and what to do.
func (u *UnknownWaivers) Error() string { return strings.Join(u.Faults, "\n") }

// checkWaivers refuses waivers that name nothing that this ncspec knows: they would wait for a violation for ever.
func (o Options) checkWaivers(t *tree) error {
	var faults []string
	for _, w := range o.Waivers {
		_, required := t.catalogue.Get(w.ID)
		if required || t.has(w.ID) {
			continue
		}
		fault := fmt.Sprintf("correct the id of this waiver, or take it out: there is no spec or requirement %q%s%s", w.ID,
			" (a step of your own transcripts is known with --transcripts only)",
			advice(append(t.catalogue.Nearest(w.ID), Near(w.ID, t.specs)...)))
		if w.At != "" {
			fault = w.At + ": " + fault
		}
		faults = append(faults, fault)
	}
	if len(faults) == 0 {
		return nil
	}
	return &UnknownWaivers{faults}
}
