package compare

import (
	"fmt"
	"maps"
	"slices"
)

// choices finds the observations with several legal outcomes that came out otherwise.
func choices(old, fresh *indexed) []Choice {
	var all []Choice
	for _, id := range fresh.ids() {
		before, after := observed(old, id), observed(fresh, id)
		for _, name := range slices.Sorted(maps.Keys(after)) {
			o, both := before[name]
			if n := after[name]; both && !slices.Equal(o.New, n.New) {
				all = append(all, Choice{Spec: id, Name: name, Old: o.New, New: n.New, Legal: n.Legal})
			}
		}
	}
	return all
}

// observed gives the choices of a spec by name, each value once.
func observed(x *indexed, id string) map[string]Choice {
	all := map[string]Choice{}
	for _, o := range x.specs[id].Observations {
		if len(o.Legal) == 0 {
			continue
		}
		c := all[o.Name]
		c.Legal = o.Legal
		if value := fmt.Sprint(o.Value); !slices.Contains(c.New, value) {
			c.New = append(c.New, value)
			slices.Sort(c.New)
		}
		all[o.Name] = c
	}
	return all
}
