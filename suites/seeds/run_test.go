package main

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/verdict"
)

func TestWhatIsNotClean(t *testing.T) {
	spec := func(v verdict.Verdict) *verdict.Report {
		return &verdict.Report{Run: verdict.Run{Complete: true}, Specs: []verdict.Spec{{ID: "lock/granted", Verdict: verdict.Pass},
			{ID: "lock/denied", Verdict: v, Message: "expected ok"}}}
	}
	for name, c := range map[string]struct {
		report *verdict.Report
		said   string // "" for a clean run
	}{
		"a pass":            {spec(verdict.Pass), ""},
		"not applicable":    {spec(verdict.NotApplicable), ""},
		"a violation":       {spec(verdict.Violation), "violation: lock/denied: expected ok"},
		"an advisory":       {spec(verdict.Advisory), "advisory: lock/denied: expected ok"},
		"an error":          {spec(verdict.Error), "error: lock/denied: expected ok"},
		"no server":         {&verdict.Report{Run: verdict.Run{Unusable: "no hello"}}, "cannot be judged: no hello"},
		"nothing executed":  {&verdict.Report{}, "broke off"},
		"a run broken off":  {&verdict.Report{Specs: spec(verdict.Pass).Specs}, "broke off"},
		"a run interrupted": {&verdict.Report{Run: verdict.Run{Interrupted: true}, Specs: spec(verdict.Pass).Specs}, "broke off"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			found := faults(c.report)
			if c.said == "" {
				g.Expect(found).To(BeEmpty())
				return
			}
			g.Expect(found).To(ContainElement(ContainSubstring(c.said)))
		})
	}
}

func TestSeedsThatAreNone(t *testing.T) {
	for name, c := range map[string]struct{ profiles, seeds []string }{
		"a word":                   {[]string{"full"}, []string{"one"}},
		"zero, which would be any": {[]string{"full"}, []string{"0"}},
		"no seed":                  {[]string{"full"}, nil},
		"no profile":               {nil, []string{"1"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := plan(c.profiles, c.seeds)
			NewWithT(t).Expect(err).To(HaveOccurred())
		})
	}
}
