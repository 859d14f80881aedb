package compare

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/verdict"
)

// Conclusion is the outcome in a sentence.
func Conclusion(c *Comparison) string {
	switch {
	case c.New.Unusable != "":
		return "the target could not be judged any more: " + c.New.Unusable
	case c.New.Judged == 0 && c.Old.Judged > 0:
		return "nothing was judged any more: every spec was held back or does not apply"
	case !c.Changed():
		return "nothing changed"
	}
	gained := len(c.Violations.Gained)
	waived := len(slices.DeleteFunc(slices.Clone(c.Violations.Gained), func(b Break) bool { return b.Verdict != verdict.Waived }))
	var parts []string
	tell := func(n int, one, many string) {
		if n == 1 {
			parts = append(parts, "1 "+one)
		} else if n > 1 {
			parts = append(parts, fmt.Sprintf("%d %s", n, many))
		}
	}
	tell(gained-waived, "violation gained", "violations gained")
	tell(waived, "waived violation gained", "waived violations gained")
	tell(len(c.Verdicts.Lost), "verdict lost", "verdicts lost")
	tell(len(c.Violations.FirstSeen), "violation seen for the first time", "violations seen for the first time")
	tell(len(c.Violations.Lost), "violation lost", "violations lost")
	tell(c.Violations.Kept, "violation as before", "violations as before")
	if !c.Regression {
		parts = append([]string{"no regression"}, parts...)
	}
	return strings.Join(parts, ", ")
}
