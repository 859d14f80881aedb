package verdict

import (
	"cmp"
	"fmt"
	"slices"
)

// broken gives the demands of a spec that did not hold, each with what it amounts to, the worst first. Equal ones stand once with
// their number, and of one requirement only the first few: a monitor may find the same fault in every message.
func (j *judge) broken(f facts) []Broken {
	const most = 20
	type demand struct{ requirement, message string }
	var list []Broken
	times := map[demand]int{}
	distinct := map[string]int{}
	for _, d := range f.demands {
		verdict := j.amounts(f, d)
		if verdict == Pass {
			continue
		}
		b := Broken{Requirement: d.Requirement, Verdict: verdict, Message: clip(Printable(d.Message)), Where: d.Where}
		key := demand{b.Requirement, b.Message}
		if times[key]++; times[key] > 1 {
			continue
		}
		if distinct[d.Requirement]++; distinct[d.Requirement] <= most {
			list = append(list, b)
		}
	}
	for i, b := range list {
		if n := times[demand{b.Requirement, b.Message}]; n > 1 {
			list[i].Message += fmt.Sprintf("\n(%d times)", n)
		}
	}
	list = overflow(list, distinct, most)
	slices.SortStableFunc(list, func(a, b Broken) int { return cmp.Compare(b.Verdict.weight(), a.Verdict.weight()) })
	return list
}

// overflow says at the last message of a requirement how many more there were.
func overflow(list []Broken, distinct map[string]int, most int) []Broken {
	for i := len(list) - 1; i >= 0; i-- {
		id := list[i].Requirement
		if more := distinct[id] - most; more > 0 {
			list[i].Message += fmt.Sprintf("\n(and %d more of this requirement)", more)
			distinct[id] = 0
		}
	}
	return list
}

// amounts gives what one demand amounts to: Pass, Advisory, Waived or Violation. A MAY never fails.
func (j *judge) amounts(f facts, d Demand) Verdict {
	q, known := j.catalogue[d.Requirement]
	if d.Held || known && q.May() {
		return Pass
	}
	excused := j.excused(f, d)
	switch {
	case known && q.Should() && !j.Strict:
		return Advisory
	case excused:
		return Waived
	}
	return Violation
}
