package markdown

import (
	"fmt"
	"strings"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/words"
)

const (
	// longestEvidence bounds the evidence of one entry, in octets.
	longestEvidence = 4 << 10
	// longestEntry is the length from which on an entry shows no more demands, in octets.
	longestEntry = 16 << 10
	// longestLine bounds a line of text, in octets.
	longestLine = 400
)

// findings writes the specs of one verdict, folded, each with its requirements and the evidence.
func (p *page) findings(r *verdict.Report, v verdict.Verdict) {
	if r.Summary[v] == 0 {
		return
	}
	p.title(words.Number(r.Summary[v], v))
	for _, s := range r.Specs {
		if s.Verdict == v {
			p.entry(finding(r, s), name(r, s))
		}
	}
}

// name is a finding in one line.
func name(r *verdict.Report, s verdict.Spec) string {
	return fmt.Sprintf("- %s %s\n", Code(s.ID), Text(about(r, s)))
}

// finding is a folded entry: what it is about stays in sight.
func finding(r *verdict.Report, s verdict.Spec) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<details><summary>%s %s</summary>\n\n", Code(s.ID), Text(about(r, s)))
	if s.Text != "" {
		fmt.Fprintf(&b, "%s\n\n", Text(bounded(s.Text, longestLine)))
	}
	for i, broken := range s.Broken {
		if b.Len() > longestEntry {
			fmt.Fprintf(&b, "And %s, see report.json.\n\n", words.Count(len(s.Broken)-i, "more demand"))
			break
		}
		demand(&b, r, broken)
	}
	for _, fault := range s.Faults {
		b.WriteString("Without a verdict:\n\n" + fence(bounded(fault, longestEvidence)))
	}
	if len(s.Broken)+len(s.Faults) == 0 {
		fmt.Fprintf(&b, "%s\n\n", Text(bounded(s.Reason, longestLine)))
	}
	if s.Waiver != nil {
		fmt.Fprintf(&b, "Waived: %s\n\n", Text(bounded(s.Waiver.Reason, longestLine)))
	}
	if s.Transcript != "" {
		fmt.Fprintf(&b, "Transcript: %s\n\n", Code(s.Transcript))
	}
	b.WriteString("</details>\n\n")
	return b.String()
}

// demand says what a requirement demands, and what was found.
func demand(b *strings.Builder, r *verdict.Report, broken verdict.Broken) {
	if q, known := r.Requirement(broken.Requirement); known {
		fmt.Fprintf(b, "%s %s, %s: %s\n\n", Code(q.ID), Text(q.Reference()), Text(q.Level), Text(bounded(q.ServerMust, longestEvidence)))
	} else {
		b.WriteString("A demand of the transcript:\n\n")
	}
	b.WriteString(fence(bounded(broken.Message, longestEvidence)))
}

// about is what a reader must know of an entry that is folded.
func about(r *verdict.Report, s verdict.Spec) string {
	var parts []string
	for _, broken := range s.Broken {
		if q, known := r.Requirement(broken.Requirement); known {
			parts = append(parts, fmt.Sprintf("%s, %s", q.Reference(), q.Level))
		}
	}
	if len(parts) == 0 {
		return bounded(words.Line(s.Reason), longestLine)
	}
	if more := len(parts) - 1; more > 0 {
		return fmt.Sprintf("%s, and %d more", parts[0], more)
	}
	return parts[0]
}

// stale writes the waivers that are not right any more.
func (p *page) stale(r *verdict.Report) {
	if r.Summary[verdict.StaleWaiver] == 0 {
		return
	}
	p.title(words.Number(r.Summary[verdict.StaleWaiver], verdict.StaleWaiver))
	for _, s := range r.Specs {
		if s.Verdict != verdict.StaleWaiver {
			continue
		}
		line := fmt.Sprintf("- %s %s", Code(s.ID), Text(bounded(s.Reason, longestLine)))
		if s.Waiver != nil {
			line += fmt.Sprintf(" (its reason: %s)", Text(bounded(s.Waiver.Reason, longestLine)))
		}
		p.line(line + "\n")
	}
}

// heldBack says why specs were not judged, each reason once.
func (p *page) heldBack(r *verdict.Report) {
	for _, v := range []verdict.Verdict{verdict.NotRun, verdict.NotApplicable} {
		if r.Summary[v] == 0 {
			continue
		}
		p.add(fmt.Sprintf("\n<details><summary>%s</summary>\n\n", words.Number(r.Summary[v], v)))
		for _, g := range words.Reasons(r.Specs, v) {
			p.line(fmt.Sprintf("- %d × %s\n", g.Specs, Text(bounded(g.Reason, longestLine))))
		}
		p.add("\n</details>\n")
	}
}
