package compare

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/verdict"
)

// claim is an announcement, and what it is a version of.
type claim struct{ text, stem string }

// version is that of a standard capability, at the end of its URI (RFC 6241 §10.4).
var version = regexp.MustCompile(`:\d+\.\d+$`)

// capabilities compares the capabilities, those of YANG modules apart: they change here only where their revision stays.
func capabilities(old, fresh verdict.Target) Claims {
	claims := difference(protocol(old.Capabilities), protocol(fresh.Capabilities))
	return claims.with(features(old.Capabilities, fresh.Capabilities))
}

// protocol gives the capabilities that are no YANG modules.
func protocol(texts []string) []claim {
	var all []claim
	for _, text := range texts {
		if c := netconf.ParseCapability(text); c.Module() == "" {
			all = append(all, claim{c.URI, version.ReplaceAllString(c.Base, "")})
		}
	}
	return all
}

// features gives the modules that are announced with other features or deviations, in the same revision.
func features(old, fresh []string) []Claim {
	before := map[string]string{}
	for _, text := range old {
		before[netconf.ParseCapability(text).Module()] = text
	}
	var changed []Claim
	for _, text := range fresh {
		if module := netconf.ParseCapability(text).Module(); module != "" && before[module] != "" && before[module] != text {
			changed = append(changed, Claim{before[module], text})
		}
	}
	return changed
}

// modules compares the YANG modules. One whose revision a report does not tell has not changed.
func modules(old, fresh verdict.Target) Claims {
	claims := difference(revisions(old.Modules), revisions(fresh.Modules))
	claims.Changed = slices.DeleteFunc(claims.Changed, func(c Claim) bool {
		return !strings.Contains(c.Old, "@") || !strings.Contains(c.New, "@")
	})
	return claims
}

func revisions(names []string) []claim {
	var all []claim
	for _, text := range names {
		name, _, _ := strings.Cut(text, "@")
		all = append(all, claim{text, name})
	}
	return all
}

// difference compares two lists. What is gone and what has come are one change where they are versions of one thing, and
// there is one of each.
func difference(old, fresh []claim) Claims {
	gone, come := without(old, fresh), without(fresh, old)
	var all Claims
	for _, o := range gone {
		n, twin := twin(o, gone, come)
		if !twin {
			all.Removed = append(all.Removed, o.text)
			continue
		}
		all.Changed = append(all.Changed, Claim{o.text, n.text})
	}
	for _, n := range come {
		if _, twin := twin(n, come, gone); !twin {
			all.Added = append(all.Added, n.text)
		}
	}
	return all.with(nil)
}

// without gives the texts of a that b has not, each once.
func without(a, b []claim) []claim {
	var list []claim
	for _, c := range a {
		if !slices.Contains(b, c) && !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	return list
}

// twin gives the one of others that is a version of the same thing, where it is the only one on either side.
func twin(c claim, own, others []claim) (claim, bool) {
	same := func(list []claim) []claim {
		return slices.DeleteFunc(slices.Clone(list), func(other claim) bool { return other.stem != c.stem })
	}
	if theirs := same(others); len(theirs) == 1 && len(same(own)) == 1 {
		return theirs[0], true
	}
	return claim{}, false
}

// with adds changes, and puts all in order.
func (c Claims) with(changed []Claim) Claims {
	c.Changed = append(c.Changed, changed...)
	slices.Sort(c.Added)
	slices.Sort(c.Removed)
	slices.SortFunc(c.Changed, func(a, b Claim) int { return strings.Compare(a.Old, b.Old) })
	return c
}
