package junit

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// element is what one of the file may hold.
type element struct {
	in         string   // the element around it
	required   []string // attributes
	attributes []string // the others
	text       bool
}

// elements are those that Jenkins, GitLab and the actions of GitHub know. Properties of a testcase are in none of the
// older schemas, but all of them read on.
func elements() map[string]element {
	return map[string]element{
		"testsuites": {"", nil, []string{"name", "tests", "disabled", "errors", "failures", "time"}, false},
		"testsuite": {"testsuites", []string{"name", "tests", "failures", "errors"},
			[]string{"package", "disabled", "skipped", "time", "timestamp"}, false},
		"testcase":   {"testsuite", []string{"name", "classname"}, []string{"status", "time"}, false},
		"properties": {"testsuite testcase", nil, nil, false},
		"property":   {"properties", []string{"name", "value"}, nil, false},
		"skipped":    {"testcase", nil, []string{"message", "type"}, true},
		"failure":    {"testcase", nil, []string{"message", "type"}, true},
		"error":      {"testcase", nil, []string{"message", "type"}, true},
		"system-out": {"testcase", nil, nil, true},
	}
}

// values are what attributes may be of attributes.
func values() map[string]*regexp.Regexp {
	number, some := regexp.MustCompile(`^[0-9]+$`), regexp.MustCompile(`^[^\n]+$`)
	return map[string]*regexp.Regexp{
		"time": regexp.MustCompile(`^[0-9]+(\.[0-9]{1,3})?$`), "timestamp": regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$`),
		"tests": number, "disabled": number, "skipped": number, "errors": number, "failures": number,
		"name": some, "classname": some,
	}
}

// checkForm reads the file token by token.
func checkForm(data []byte) error {
	known, valid := elements(), values()
	var faults []error
	var around []string
	decoder := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return errors.Join(faults...)
		}
		if err != nil {
			return fmt.Errorf("what was written is no XML: %w", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			faults = append(faults, checkElement(token, last(around), known, valid))
			around = append(around, token.Name.Local)
		case xml.EndElement:
			around = around[:len(around)-1]
		case xml.CharData:
			if !known[last(around)].text && len(bytes.TrimSpace(token)) > 0 {
				faults = append(faults, fmt.Errorf("there is text in <%s>", last(around)))
			}
		}
	}
}

func last(around []string) string {
	if len(around) == 0 {
		return ""
	}
	return around[len(around)-1]
}

func checkElement(start xml.StartElement, in string, known map[string]element, valid map[string]*regexp.Regexp) error {
	name := start.Name.Local
	e, is := known[name]
	if !is || start.Name.Space != "" || in != e.in && (in == "" || !strings.Contains(" "+e.in+" ", " "+in+" ")) {
		return fmt.Errorf("<%s> has no place in <%s>", name, in)
	}
	var faults []error
	there := map[string]bool{}
	for _, a := range start.Attr {
		if there[a.Name.Local] || !slices.Contains(e.required, a.Name.Local) && !slices.Contains(e.attributes, a.Name.Local) {
			faults = append(faults, fmt.Errorf("<%s> has no attribute %s, or has it twice", name, a.Name.Local))
		}
		there[a.Name.Local] = true
		if pattern := valid[a.Name.Local]; pattern != nil && !pattern.MatchString(a.Value) {
			faults = append(faults, fmt.Errorf("<%s>: %q is no value of %s", name, a.Value, a.Name.Local))
		}
	}
	for _, attribute := range e.required {
		if !there[attribute] {
			faults = append(faults, fmt.Errorf("<%s> lacks %s", name, attribute))
		}
	}
	return errors.Join(faults...)
}
