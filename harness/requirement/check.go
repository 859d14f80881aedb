package requirement

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/token"
)

var (
	idForm       = regexp.MustCompile(`^rfc([0-9]{4})-([0-9A-Z]+(?:\.[0-9]+)*)-[a-z0-9][a-z0-9.-]*$`)
	requiresForm = regexp.MustCompile(`^!?[^\s|!]+(\|!?[^\s|!]+)*$`)
)

// longWait is the wait up to which a probe needs no waits field.
const longWait = 10 * time.Second

// texts maps the name of each field that holds one text to its place.
func (r *Requirement) texts() map[string]*string {
	return map[string]*string{
		"id": &r.ID, "section": &r.Section, "level": &r.Level, "server_must": &r.ServerMust, "probe": &r.Probe,
		"assert": &r.Assert, "observe": &r.Observe, "touches": &r.Touches, "waits": &r.Waits,
		"testable": &r.Testable, "why": &r.Why, "note": &r.Note,
	}
}

// fieldNames returns the fields of an entry in the order in which files have them.
func fieldNames() []string {
	return []string{"id", "section", "level", "requires", "server_must", "probe", "assert", "observe", "touches",
		"waits", "testable", "why", "note"}
}

// check judges a whole entry and fills in what follows from its fields.
func (p *fileParser) check(r *Requirement, at positions) {
	p.checkPresent(r, at)
	p.checkID(r, at)
	p.checkOneOf(at, "level", r.Level, Levels())
	p.checkOneOf(at, "touches", r.Touches, Touches())
	p.checkOneOf(at, "testable", r.Testable, []string{Yes, Partly, No})
	p.checkWaits(r, at)
	p.checkTestable(r, at)
}

func (p *fileParser) checkPresent(r *Requirement, at positions) {
	texts := r.texts()
	for _, name := range fieldNames() {
		_, given := at.field[name]
		optional := slices.Contains([]string{"assert", "observe", "waits", "why", "note"}, name)
		if !given && !optional {
			p.fault(at.entry, "the entry lacks the field %s", name)
		}
		if text, ok := texts[name]; ok && given && *text == "" {
			p.fault(at.of(name), "%s is empty; write it or leave the field out", name)
		}
	}
}

func (p *fileParser) checkID(r *Requirement, at positions) {
	if r.ID == "" {
		return
	}
	parts := idForm.FindStringSubmatch(r.ID)
	if parts == nil {
		p.fault(at.of("id"), "id %q must read rfc<number>-<section>-<slug>, the slug of a-z, 0-9, - and .", r.ID)
		return
	}
	r.RFC = parts[1]
	if parts[2] != r.Section {
		p.fault(at.of("section"), "section %q differs from the section %q in the id", r.Section, parts[2])
	}
	if line, ok := p.seen[r.ID]; ok {
		p.fault(at.of("id"), "id %q is already that of the entry on line %d; ids are unique", r.ID, line)
		return
	}
	p.seen[r.ID] = at.of("id").Position.Line
}

func (p *fileParser) checkOneOf(at positions, field, value string, allowed []string) {
	if value != "" && !slices.Contains(allowed, value) {
		p.fault(at.of(field), "%s %q%s; allowed are %s", field, value, didYouMean(value, allowed),
			strings.Join(allowed, ", "))
	}
}

func (p *fileParser) checkWaits(r *Requirement, at positions) {
	if r.Waits == "" {
		return
	}
	wait, err := time.ParseDuration(r.Waits)
	if err != nil || wait <= longWait {
		p.fault(at.of("waits"), "waits %q must be a duration above %s, such as 90s or 2m", r.Waits, longWait)
	}
}

// checkTestable sees to it that what is judged says how, and what is not judged says why.
func (p *fileParser) checkTestable(r *Requirement, at positions) {
	if r.Testable == No && (r.Assert != "" || r.Observe != "") {
		p.fault(at.of("testable"), "testable no, but the entry has assert or observe")
	}
	if r.Testable != No && r.Assert == "" && r.Observe == "" {
		p.fault(at.of("testable"), "testable %s needs assert or observe", r.Testable)
	}
	if r.Testable != Yes && r.Why == "" {
		p.fault(at.of("testable"), "testable %s needs why", r.Testable)
	}
	if r.Testable == Yes && r.Why != "" {
		p.fault(at.of("why"), "why belongs to testable partly or no; a choice of reading goes into note")
	}
	if r.May() && r.Assert != "" {
		p.fault(at.of("assert"), "a MAY never fails; move assert to observe")
	}
}

func (p *fileParser) checkRequires(at *token.Token, text string) {
	if text != "" && !requiresForm.MatchString(text) {
		p.fault(at, "requires %q must be a capability, \"a|b\" for either of two, or \"!a\" for not announced", text)
	}
}
