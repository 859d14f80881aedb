package junit

import (
	"encoding/xml"
	"errors"
	"fmt"

	"github.com/onsi/ginkgo/v2/reporters"
)

// Check reads a whole file as its users will, Jenkins and GitLab first: it must be well-formed (which includes that every
// character is legal in XML 1.0), of their elements and attributes with values of their types, each count must be the
// number of what it counts, and no name may occur twice. The error lists all that is wrong.
func Check(data []byte) error {
	if err := checkForm(data); err != nil {
		return err
	}
	var document reporters.JUnitTestSuites
	if err := xml.Unmarshal(data, &document); err != nil {
		return fmt.Errorf("what was written is no XML: %w", err)
	}
	var faults []error
	var sum reporters.JUnitTestSuites
	names, suites := map[string]bool{}, map[string]bool{}
	for _, suite := range document.TestSuites {
		if suites[suite.Name] {
			faults = append(faults, fmt.Errorf("there are two testsuites %q: GitLab shows one of them", suite.Name))
		}
		suites[suite.Name] = true
		faults = append(faults, checkSuite(suite, names))
		add(&sum, &suite)
	}
	if document.Tests != sum.Tests || document.Disabled != sum.Disabled || document.Errors != sum.Errors || document.Failures != sum.Failures {
		faults = append(faults, errors.New("the totals are not the sums over the testsuites"))
	}
	if document.Tests == 0 {
		faults = append(faults, errors.New("there is no testcase"))
	}
	return errors.Join(faults...)
}

func checkSuite(suite reporters.JUnitTestSuite, names map[string]bool) error {
	var faults []error
	var skipped, inError, failed int
	for _, test := range suite.TestCases {
		outcomes := 0
		for counter, is := range map[*int]bool{&skipped: test.Skipped != nil, &inError: test.Error != nil, &failed: test.Failure != nil} {
			if is {
				*counter++
				outcomes++
			}
		}
		if outcomes > 1 {
			faults = append(faults, fmt.Errorf("the testcase %s has %d outcomes", test.Name, outcomes))
		}
		if test.Name == "" || names[test.Name] {
			faults = append(faults, fmt.Errorf("the name %q is empty or occurs twice", test.Name))
		}
		names[test.Name] = true
	}
	if suite.Tests != len(suite.TestCases) || suite.Skipped != skipped || suite.Errors != inError || suite.Failures != failed {
		faults = append(faults, fmt.Errorf("the counts of the testsuite %s do not match its testcases", suite.Name))
	}
	return errors.Join(faults...)
}
