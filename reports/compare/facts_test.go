package compare

import (
	"fmt"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/verdict"
)

func TestClaims(t *testing.T) {
	g := NewWithT(t)
	const urn = "urn:ietf:params:netconf:capability:"
	old := verdict.Target{Capabilities: []string{"urn:ietf:params:netconf:base:1.0", urn + "confirmed-commit:1.0", urn + "startup:1.0", urn + "url:1.0?scheme=file",
		"urn:a?module=a&revision=2020-01-01", "urn:b?module=b&revision=2020-01-01&features=x", " urn:same "},
		Modules: []string{"a@2020-01-01", "b@2020-01-01", "gone@2020-01-01", "bare", "two@2019-01-01", "two@2020-01-01"}}
	fresh := verdict.Target{Capabilities: []string{"urn:same", "urn:ietf:params:netconf:base:1.0", "urn:ietf:params:netconf:base:1.1", urn + "confirmed-commit:1.1",
		urn + "url:1.0?scheme=file,http", urn + "xpath:1.0", "urn:a?module=a&revision=2021-01-01", "urn:b?module=b&revision=2020-01-01&features=x,y"},
		Modules: []string{"a@2021-01-01", "b@2020-01-01", "new@2020-01-01", "bare@2020-01-01", "two@2021-01-01"}}
	g.Expect(capabilities(old, fresh)).To(Equal(Claims{
		Added: []string{"urn:ietf:params:netconf:base:1.1", urn + "xpath:1.0"}, Removed: []string{urn + "startup:1.0"},
		Changed: []Claim{{"urn:b?module=b&revision=2020-01-01&features=x", "urn:b?module=b&revision=2020-01-01&features=x,y"},
			{urn + "confirmed-commit:1.0", urn + "confirmed-commit:1.1"}, {urn + "url:1.0?scheme=file", urn + "url:1.0?scheme=file,http"}},
	}))
	g.Expect(modules(old, fresh)).To(Equal(Claims{
		Added: []string{"new@2020-01-01", "two@2021-01-01"}, Removed: []string{"gone@2020-01-01", "two@2019-01-01", "two@2020-01-01"},
		Changed: []Claim{{"a@2020-01-01", "a@2021-01-01"}},
	}), "a revision that was not told has not changed, and of two nobody knows which became the one")
}

func TestChoices(t *testing.T) {
	g := NewWithT(t)
	chose := func(values ...any) *verdict.Report {
		s := spec("lock/a", verdict.Pass)
		for _, v := range values {
			s.Observations = append(s.Observations, verdict.Observation{Name: "tag", Value: v, Legal: []string{"in-use", "lock-denied"}},
				verdict.Observation{Name: "ms", Value: fmt.Sprint(v, "!")})
		}
		return run(s)
	}
	g.Expect(compared(chose("in-use", "lock-denied"), chose("lock-denied", "in-use", "in-use")).Choices).To(BeEmpty(), "the same ones")
	g.Expect(compared(chose("in-use"), chose("lock-denied")).Choices).To(Equal([]Choice{
		{Spec: "lock/a", Name: "tag", Old: []string{"in-use"}, New: []string{"lock-denied"}, Legal: []string{"in-use", "lock-denied"}}}))
	g.Expect(compared(chose(1), chose(1.0)).Choices).To(BeEmpty(), "numbers as JSON has them")
	g.Expect(compared(chose(), chose("in-use")).Choices).To(BeEmpty(), "nobody looked before")
}

// timed makes a run of as many specs, each of which has sent get three times around those milliseconds.
func timed(specs int, ms func(spec int) float64, jitter float64) *verdict.Report {
	var all []verdict.Spec
	for i := range specs {
		s := spec(fmt.Sprintf("get/%02d", i), verdict.Pass)
		for _, off := range []float64{-jitter, 0, jitter} {
			s.RPCs = append(s.RPCs, verdict.RPC{Operation: "get", Milliseconds: max(0, ms(i)+off)})
		}
		all = append(all, s)
	}
	return run(all...)
}

func TestResponseTimes(t *testing.T) {
	flat := func(ms float64) func(int) float64 { return func(int) float64 { return ms } }
	mixed := func(factor float64) func(int) float64 {
		return func(i int) float64 { return factor * float64(2+40*(i%3)) }
	}
	one := func(i int) float64 { return map[bool]float64{true: 900, false: 10}[i == 0] }
	for name, c := range map[string]struct {
		old, fresh *verdict.Report
		changed    bool
	}{
		"as before":                  {timed(20, flat(10), 1), timed(20, flat(10), 1), false},
		"slower":                     {timed(20, flat(10), 1), timed(20, flat(15), 1), true},
		"faster":                     {timed(20, flat(15), 1), timed(20, flat(10), 1), true},
		"unlike specs, all slower":   {timed(20, mixed(1), 0.2), timed(20, mixed(1.6), 0.2), true},
		"within the spread":          {timed(20, flat(10), 3), timed(20, flat(15), 3), false},
		"less than a quarter":        {timed(20, flat(100), 1), timed(20, flat(120), 1), false},
		"less than a millisecond":    {timed(20, flat(0.1), 0.01), timed(20, flat(0.9), 0.01), false},
		"one spec alone":             {timed(20, flat(10), 1), timed(20, one, 1), false},
		"too few specs":              {timed(7, flat(10), 1), timed(7, flat(90), 1), false},
		"only few specs of both":     {timed(20, flat(10), 1), timed(7, flat(90), 1), false},
		"eight are enough":           {timed(8, flat(10), 1), timed(8, flat(90), 1), true},
		"one request a spec or none": {run(), run(), false},
	} {
		t.Run(name, func(t *testing.T) {
			times := compared(c.old, c.fresh).ResponseTimes
			if !c.changed {
				NewWithT(t).Expect(times).To(BeEmpty())
				return
			}
			NewWithT(t).Expect(times).To(HaveExactElements(HaveField("Operation", "get")))
		})
	}
	NewWithT(t).Expect(compared(timed(20, flat(10), 1), timed(20, flat(15), 0.5)).ResponseTimes).To(HaveExactElements(And(
		HaveField("Old", 10.0), HaveField("New", 15.0), HaveField("Specs", 20),
		HaveField("OldSpread", BeNumerically("~", 1.48, 0.01)), HaveField("NewSpread", BeNumerically("~", 0.74, 0.01)))))
}
