package markdown

import (
	"fmt"

	"github.com/ncspec/ncspec/reports/compare"
	"github.com/ncspec/ncspec/reports/words"
)

// since says what changed since the baseline: the findings themselves are among those of the run.
func (p *page) since(s *Since) {
	if s == nil {
		return
	}
	x := s.Comparison
	p.title(fmt.Sprintf("Since the baseline of %s UTC: %s", x.Old.Started.UTC().Format("2006-01-02 15:04"), Text(bounded(compare.Conclusion(x), longestLine))))
	p.breaks("gained", x.Violations.Gained)
	p.breaks("seen for the first time", x.Violations.FirstSeen)
	p.breaks("lost", x.Violations.Lost)
	for _, turn := range x.Verdicts.Lost {
		p.line(fmt.Sprintf("- verdict lost: %s %s\n", Code(turn.Spec), Text(bounded(turn.Reason, longestLine))))
	}
	p.gap()
}

func (p *page) breaks(how string, list []compare.Break) {
	for _, b := range list {
		p.line(fmt.Sprintf("- %s %s: %s %s\n", Text(words.Line(string(b.Verdict))), how, Code(b.Spec), Code(b.Requirement)))
	}
}
