package netconf

import "strings"

// Standard gives the URNs of the IANA registry "NETCONF Capability URNs" (RFC 6241 §10.4) and of RFC 4741.
func Standard() []string {
	all := []string{Base10, Base11}
	for _, name := range []string{
		"writable-running:1.0", "candidate:1.0", "confirmed-commit:1.0", "confirmed-commit:1.1", "rollback-on-error:1.0",
		"validate:1.0", "validate:1.1", "startup:1.0", "url:1.0", "xpath:1.0", // RFC 4741, RFC 6241
		"notification:1.0", "interleave:1.0", // RFC 5277
		"partial-lock:1.0",                     // RFC 5717
		"with-defaults:1.0",                    // RFC 6243
		"time:1.0",                             // RFC 7758
		"yang-library:1.0", "yang-library:1.1", // RFC 7950, RFC 8526
		"with-operational-defaults:1.0", // RFC 8526
	} {
		all = append(all, capabilityStem+name)
	}
	return all
}

// NearMiss is a capability that is no standard one, but looks as if it should be.
type NearMiss struct {
	Capability
	Meant string // the standard URN
}

// maxDistance is how many edits a near miss may be away.
const maxDistance = 2

// NearMisses finds misspelt standard URNs: small slips, the XML namespace instead of the capability, short forms (which
// RFC 6241 §8 forbids in the protocol), and a stem that is not the registered one. Other versions of a known name and
// YANG modules (RFC 6020 §5.6.4) are none.
func (c Capabilities) NearMisses() []NearMiss {
	var all []NearMiss
	for _, known := range c {
		if meant := known.meant(); meant != "" {
			all = append(all, NearMiss{known, meant})
		}
	}
	return all
}

func (c Capability) meant() string {
	if len(c.Params["module"]) > 0 || c.Base == "" {
		return ""
	}
	meant, least := "", maxDistance+1
	for _, standard := range Standard() {
		if c.Base == standard || otherVersion(c.Base, standard) {
			return ""
		}
		for _, form := range []string{c.Base, usualForm(c.Base)} {
			if d := distance(form, standard, least); d < least {
				meant, least = standard, d
			}
		}
	}
	return meant
}

func otherVersion(base, standard string) bool {
	name := standard[:strings.LastIndexByte(standard, ':')+1]
	found, ok := strings.CutPrefix(base, name)
	return ok && version.MatchString(found)
}

// usualForm undoes the slips that change more than a few letters.
func usualForm(base string) string {
	name := strings.ReplaceAll(strings.ToLower(base), "_", "-")
	name = strings.TrimPrefix(name, ":")
	for _, stem := range []string{
		"urn:ietf:params:xml:ns:netconf:", "urn:ietf:params:ns:netconf:", "urn:ietf:params:xml:netconf:",
		"urn:ietf:params:netconf:", "urn:ietf:netconf:", "urn:netconf:", "urn:params:netconf:",
	} {
		name = strings.TrimPrefix(name, stem)
	}
	name = strings.TrimPrefix(name, "capabilities:")
	name = strings.TrimPrefix(name, "capability:")
	if !strings.Contains(name, ":") {
		name += ":1.0"
	}
	return longForm(name)
}

// distance counts the letters to insert, drop or change between a and b; limit or more comes back as limit.
func distance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return min(row[len(b)], limit)
}
