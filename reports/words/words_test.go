package words

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/verdict"
)

func TestStateOfTheConfiguration(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Configuration(verdict.State{})).To(BeEmpty())
	g.Expect(Configuration(verdict.State{RunningBefore: "a", RunningAfter: "a"})).To(ContainSubstring("is what it was"))
	g.Expect(Configuration(verdict.State{RunningBefore: "a", RunningAfter: "b"})).To(ContainSubstring("differs"))
	g.Expect(Configuration(verdict.State{LeftBehind: []string{"/x", "a lock"}})).To(Equal("left behind on the target: /x, a lock"))
}

func TestReasonsAreGroupedByNumber(t *testing.T) {
	held := func(reason string) verdict.Spec { return verdict.Spec{Verdict: verdict.NotRun, Reason: reason} }
	groups := Reasons([]verdict.Spec{held("a"), held("b"), held("b"), {Verdict: verdict.Pass}, held("c")}, verdict.NotRun)
	NewWithT(t).Expect(groups).To(Equal([]Group{{"b", 2}, {"a", 1}, {"c", 1}}))
}
