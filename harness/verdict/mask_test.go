package verdict_test

import (
	"encoding/json"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/verdict"
)

func TestMaskReachesEveryTextOfTheServer(t *testing.T) {
	g := NewWithT(t)
	const canary = "Canary"
	r := &verdict.Report{
		Target: verdict.Target{Software: canary, Capabilities: []string{canary}, Modules: []string{canary}, Security: map[string]string{"banner": canary}},
		Run:    verdict.Run{Notes: []string{canary}, Unusable: canary},
		Specs: []verdict.Spec{{ID: "a/b", Reason: canary, Message: canary, Faults: []string{canary},
			Broken:       []verdict.Broken{{Message: canary, Where: &verdict.Where{XPath: canary}}, {Message: canary}},
			Observations: []verdict.Observation{{Name: "n", Value: canary}, {Name: "m", Value: 7}}}},
		Requirements: []verdict.Requirement{{ID: "r", Reason: canary}},
		State:        verdict.State{LeftBehind: []string{canary}},
	}
	r.Mask(func(s string) string { return strings.ReplaceAll(s, canary, "******") })
	text, err := json.Marshal(r)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(text)).NotTo(ContainSubstring(canary))
	g.Expect(r.Specs[0].Observations[1].Value).To(Equal(7))
	g.Expect(r.Specs[0].ID).To(Equal("a/b"))
}
