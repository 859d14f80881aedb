package netconf

import (
	"net/url"
	"regexp"
	"strings"
)

const capabilityStem = "urn:ietf:params:netconf:capability:"

// Capability is one capability of a hello (RFC 6241 §8).
type Capability struct {
	Text   string // as sent
	URI    string // without white space around it
	Base   string // what stands before "?": versions are compared by it (RFC 6241 §8.1)
	Params map[string][]string
}

// ParseCapability takes a capability apart. Names and values of parameters are percent-decoded where they can be.
func ParseCapability(text string) Capability {
	uri := strings.Trim(text, whiteSpace)
	base, query, _ := strings.Cut(uri, "?")
	c := Capability{Text: text, URI: uri, Base: base, Params: map[string][]string{}}
	for part := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(part, "=")
		if name != "" {
			c.Params[unescape(name)] = append(c.Params[unescape(name)], unescape(value))
		}
	}
	return c
}

func unescape(text string) string {
	if plain, err := url.PathUnescape(text); err == nil {
		return plain
	}
	return text
}

// List gives the members of a parameter whose value is a comma-separated list, as scheme of :url (RFC 6241 §8.8.3).
func (c Capability) List(param string) []string {
	var all []string
	for _, value := range c.Params[param] {
		for member := range strings.SplitSeq(value, ",") {
			if member != "" {
				all = append(all, member)
			}
		}
	}
	return all
}

// Capabilities are all of one hello, in its order.
type Capabilities []Capability

// Has tells whether a capability is announced; Get says how it is named.
func (c Capabilities) Has(name string) bool {
	_, ok := c.Get(name)
	return ok
}

// Get gives the first capability of that name: a short form with or without a version ("base:1.1", "candidate",
// "partial-lock:1.0"), or a whole URI. Only what stands before "?" is compared (RFC 6241 §8.1).
func (c Capabilities) Get(name string) (Capability, bool) {
	for _, known := range c {
		if known.named(name) {
			return known, true
		}
	}
	return Capability{}, false
}

var version = regexp.MustCompile(`^\d+\.\d+$`)

func (c Capability) named(name string) bool {
	if c.Base == name {
		return true
	}
	full := longForm(name)
	if c.Base == full {
		return true
	}
	found, versioned := strings.CutPrefix(c.Base, full+":")
	return versioned && version.MatchString(found)
}

// longForm writes ":{name}" or ":{name}:{version}" as a URN (RFC 6241 §8); base has a form of its own (§10.4).
func longForm(name string) string {
	name = strings.TrimPrefix(name, ":")
	if name == "base" || strings.HasPrefix(name, "base:") {
		return "urn:ietf:params:netconf:" + name
	}
	return capabilityStem + name
}

// Holds tells whether all conditions are met, and else which is the first that is not: "a|b" asks for either, "!a" for
// a not being announced. Names are those of Get.
func (c Capabilities) Holds(requires []string) (bool, string) {
	for _, condition := range requires {
		if !c.either(condition) {
			return false, condition
		}
	}
	return true, ""
}

func (c Capabilities) either(condition string) bool {
	for name := range strings.SplitSeq(condition, "|") {
		name, not := strings.CutPrefix(strings.TrimSpace(name), "!")
		if c.Has(name) != not {
			return true
		}
	}
	return false
}

// Module gives the YANG module that the capability announces (RFC 6020 §5.6.4) as name@revision, the name alone where it
// tells no revision, "" for a capability that announces none.
func (c Capability) Module() string {
	name, revision := c.Params["module"], c.Params["revision"]
	switch {
	case len(name) == 0 || name[0] == "":
		return ""
	case len(revision) == 0 || revision[0] == "":
		return name[0]
	}
	return name[0] + "@" + revision[0]
}
