package html

import (
	"html/template"
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/verdict"
)

// rfc is the requirements of an RFC, by section.
type rfc struct {
	Number, Title string
	Sections      []section
	Total         int
}

type section struct {
	Reference    string // such as "§7.5" or "Appendix A"
	Link         template.URL
	Requirements []requirement
}

// requirement is a row of the page, and what it opens.
type requirement struct {
	ID, Prefix, Name string // Prefix and Name are the ID in two parts
	Reference        string
	RFC, Level       string
	Group            string // of levels
	Demands          string
	Testable         string
	Mark             mark
	Reason           string
	Suites           string // that its specs are from, with blanks between
	Specs            []specLink
	Evidence         []evidence
}

// specLink leads to a spec.
type specLink struct {
	ID, Text string
	Mark     mark
}

// evidence is what a spec found against a requirement.
type evidence struct {
	Spec        string // id
	Requirement string // id; "" where a transcript demands what no RFC does
	Known       bool   // the requirement is in the page
	About       string // of the requirement, such as "RFC 6241 §7.5, MUST"
	Demands     string
	Mark        mark
	XPath       string
	Message     string
}

// builder knows the report by its ids.
type builder struct {
	report       *verdict.Report
	archive      *archive
	specs        map[string]verdict.Spec
	requirements map[string]verdict.Requirement
}

func newBuilder(r *verdict.Report, a *archive) *builder {
	b := &builder{report: r, archive: a, specs: map[string]verdict.Spec{}, requirements: map[string]verdict.Requirement{}}
	for _, s := range r.Specs {
		b.specs[s.ID] = s
	}
	for _, q := range r.Requirements {
		b.requirements[q.ID] = q
	}
	return b
}

// rfcs gives the requirements by RFC and section, as the report has them, the RFC with the most of them first.
func (b *builder) rfcs() []rfc {
	var all []rfc
	at := ""
	for _, q := range b.report.Requirements {
		if n := len(all); n == 0 || all[n-1].Number != show(q.RFC) {
			all, at = append(all, rfc{Number: show(q.RFC), Title: title(q.RFC)}), ""
		}
		r := &all[len(all)-1]
		if at != q.Section || len(r.Sections) == 0 {
			at = q.Section
			r.Sections = append(r.Sections, section{Reference: show(strings.TrimPrefix(q.Reference(), "RFC "+q.RFC+" ")), Link: atEditor(q)})
		}
		s := &r.Sections[len(r.Sections)-1]
		s.Requirements = append(s.Requirements, b.requirement(q))
		r.Total++
	}
	slices.SortStableFunc(all, func(a, b rfc) int { return b.Total - a.Total })
	return all
}

func (b *builder) requirement(q verdict.Requirement) requirement {
	prefix := "rfc" + q.RFC + "-" + q.Section + "-"
	if !strings.HasPrefix(q.ID, prefix) {
		prefix = ""
	}
	row := requirement{
		ID: show(q.ID), Prefix: show(prefix), Name: show(strings.TrimPrefix(q.ID, prefix)), Reference: show(q.Reference()), RFC: show(q.RFC),
		Level: show(q.Level), Group: show(group(q.Level)), Demands: show(q.ServerMust), Testable: q.Testable, Mark: markOf(q.Verdict),
		Reason: show(q.Reason),
	}
	var suites []string
	for _, id := range q.Specs {
		s, known := b.specs[id]
		if !known {
			continue
		}
		row.Specs = append(row.Specs, specLink{show(s.ID), show(s.Text), markOf(s.Verdict)})
		if !slices.Contains(suites, show(s.Suite)) {
			suites = append(suites, show(s.Suite))
		}
		for _, broken := range s.Broken {
			if broken.Requirement == q.ID {
				row.Evidence = append(row.Evidence, b.evidence(s, broken))
			}
		}
	}
	if len(row.Evidence) > 0 {
		row.Reason = "" // it says no more than the evidence
	}
	row.Suites = strings.Join(suites, " ")
	return row
}

func (b *builder) evidence(s verdict.Spec, broken verdict.Broken) evidence {
	e := evidence{Spec: show(s.ID), Requirement: show(broken.Requirement), Mark: markOf(broken.Verdict), Message: show(broken.Message)}
	if q, known := b.requirements[broken.Requirement]; known {
		e.Known, e.About, e.Demands = true, show(q.Reference()+", "+q.Level), show(q.ServerMust)
	}
	if broken.Where != nil && !strings.Contains(broken.Message, broken.Where.XPath) {
		e.XPath = show(broken.Where.XPath)
	}
	return e
}

// title is the title of an RFC that ncspec has a catalogue for.
func title(rfc string) string {
	return map[string]string{
		"4741": "NETCONF Configuration Protocol (base:1.0)",
		"4742": "Using the NETCONF Configuration Protocol over SSH (base:1.0)",
		"6022": "YANG Module for NETCONF Monitoring",
		"6241": "Network Configuration Protocol (NETCONF)",
		"6242": "Using the NETCONF Protocol over Secure Shell (SSH)",
	}[rfc]
}

// atEditor is where the RFC editor has the section, for a reader with a network.
func atEditor(q verdict.Requirement) template.URL {
	if strings.Trim(q.RFC, "0123456789") != "" || strings.Trim(q.Section, "0123456789.ABCDEFGH") != "" {
		return ""
	}
	place := "section-" + q.Section
	if q.Section != "" && q.Section[0] >= 'A' {
		place = "appendix-" + q.Section
	}
	return template.URL("https://www.rfc-editor.org/rfc/rfc" + q.RFC + "#" + place)
}
