package compare

import (
	"maps"
	"math"
	"slices"
)

// What a change of response times takes, to be no noise.
const (
	fewest   = 8    // specs that sent the operation in both runs
	most     = 0.75 // share of them that must have become slower, or faster
	least    = 1.0  // milliseconds by which each of those must have changed
	share    = 0.25 // of the shorter time, by which each must have changed
	spreads  = 3.0  // how often the spread of a run the change must be
	deviates = 1.4826
)

// times finds the operations whose response times changed beyond noise. Like is compared with like: the same operation in
// the same spec, by the median of its requests, and all those pairs must agree: three quarters of the specs have become
// slower (or faster) by a quarter and a millisecond, and the change of the middle spec is three times the spread of
// requests around the median of their spec.
func times(old, fresh *indexed) []Times {
	before, after := requests(old), requests(fresh)
	var all []Times
	for _, operation := range slices.Sorted(maps.Keys(after)) {
		if t, changed := timesOf(operation, before[operation], after[operation]); changed {
			all = append(all, t)
		}
	}
	return all
}

func timesOf(operation string, old, fresh map[string][]float64) (Times, bool) {
	var o, n, changes []float64
	slower, faster := 0, 0
	before, after := map[string][]float64{}, map[string][]float64{}
	for id, ms := range fresh {
		if len(old[id]) == 0 {
			continue
		}
		before[id], after[id] = old[id], ms
		was, is := median(old[id]), median(ms)
		o, n, changes = append(o, was), append(n, is), append(changes, is-was)
		if beyond := math.Max(least, share*math.Min(was, is)); is-was > beyond {
			slower++
		} else if was-is > beyond {
			faster++
		}
	}
	if len(o) < fewest {
		return Times{}, false
	}
	t := Times{Operation: operation, Specs: len(o), Old: median(o), New: median(n), OldSpread: spread(before), NewSpread: spread(after)}
	agree := float64(max(slower, faster)) >= most*float64(len(o))
	return t, agree && math.Abs(median(changes)) > spreads*math.Max(t.OldSpread, t.NewSpread)
}

// requests gives the response times in milliseconds, by operation and spec.
func requests(x *indexed) map[string]map[string][]float64 {
	all := map[string]map[string][]float64{}
	for id, s := range x.specs {
		for _, r := range s.RPCs {
			if all[r.Operation] == nil {
				all[r.Operation] = map[string][]float64{}
			}
			all[r.Operation][id] = append(all[r.Operation][id], r.Milliseconds)
		}
	}
	return all
}

// spread is the median absolute deviation of requests from the median of their spec, scaled as a standard deviation; 0
// where no spec sent more than one.
func spread(bySpec map[string][]float64) float64 {
	var deviations []float64
	for _, ms := range bySpec {
		if len(ms) < 2 {
			continue
		}
		middle := median(ms)
		for _, v := range ms {
			deviations = append(deviations, math.Abs(v-middle))
		}
	}
	return deviates * median(deviations)
}

// median gives the middle value, 0 of none.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}
