package junit

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/onsi/ginkgo/v2/reporters"

	"github.com/ncspec/ncspec/harness/verdict"
)

// complete puts our words where Ginkgo has only its own states: the type of a failure or an error, the reason of a
// skip, and the properties as plain texts.
func complete(suite *reporters.JUnitTestSuite, r *verdict.Report, ours verdict.Suite) {
	suite.Properties.Properties = about(r)
	suite.Time = seconds(suite.Time)
	for i := range suite.TestCases {
		test, s := &suite.TestCases[i], ours.Specs[i]
		test.Status, test.Time = string(s.Verdict), seconds(test.Time)
		if test.Properties != nil {
			plain(test.Properties.Properties)
		}
		switch {
		case test.Failure != nil:
			test.Failure.Message, test.Failure.Type, test.Failure.Description = headline(s), string(s.Verdict), body(s)
		case test.Error != nil:
			test.Error.Message, test.Error.Type, test.Error.Description = headline(s), string(s.Verdict), body(s)
		case test.Skipped != nil:
			test.Skipped.Message = oneLine(fmt.Sprintf("%s: %s", s.Verdict, s.Reason))
		}
	}
}

// plain takes the JSON quotes off the values.
func plain(properties []reporters.JUnitProperty) {
	for i, p := range properties {
		var text string
		if json.Unmarshal([]byte(p.Value), &text) == nil {
			properties[i].Value = text
		}
	}
}

// about is what is known of the run.
func about(r *verdict.Report) []reporters.JUnitProperty {
	var list []reporters.JUnitProperty
	for _, p := range []property{
		{"tool", strings.TrimSpace(r.Tool.Name + " " + r.Tool.Version)},
		{"target", r.Target.Name},
		{"address", r.Target.Address},
		{"safety", r.Run.Safety},
		{"seed", fmt.Sprint(r.Run.Seed)},
		{"complete", fmt.Sprint(r.Run.Complete)},
		{"exit", fmt.Sprint(r.Run.Exit)},
		{"notes", strings.Join(r.Run.Notes, " ")},
	} {
		if p.value != "" {
			list = append(list, reporters.JUnitProperty{Name: p.name, Value: verdict.Printable(p.value)})
		}
	}
	return list
}

// headline is the one line that lists of failures show.
func headline(s verdict.Spec) string {
	if s.Verdict == verdict.Error || s.Message == "" {
		return oneLine(s.Reason)
	}
	line, rest, _ := strings.Cut(s.Message, "\n")
	if len(s.Broken) > 0 && s.Broken[0].Requirement == "" {
		line, _, _ = strings.Cut(line+": "+rest, "\n")
	}
	if more := len(s.Broken) - 1; more > 0 {
		line += fmt.Sprintf(" (and %d more)", more)
	}
	return oneLine(line)
}

// body is all that was found, and where to read on.
func body(s verdict.Spec) string {
	found := s.Message
	if found == "" {
		found = s.Reason
	}
	lines := []string{found, "", "spec        " + s.ID + ": " + s.Text}
	if s.Location != "" {
		lines = append(lines, "location    "+s.Location)
	}
	if s.Transcript != "" {
		lines = append(lines, "transcript  "+s.Transcript)
	}
	return verdict.Printable(strings.Join(lines, "\n"))
}
