package effect

import (
	"bytes"
	"regexp"
)

var operation = regexp.MustCompile(`<(?:[\pL_][\pL\pN._-]*:)?(edit-config|copy-config|delete-config|commit|cancel-commit|` +
	`discard-changes|lock|unlock|partial-lock|partial-unlock|kill-session|edit-data)[\s/>]`)

// Unchunked takes the chunk headers (RFC 6242 §4.2) out of octets about to be sent, broken ones too, so that what they
// cut can be read: a header may cut a name anywhere. What stands between two of them is joined even where the framing is
// broken on purpose, as reading too much is the safe side.
func Unchunked(octets []byte) []byte {
	var joined []byte
	rest := octets
	for at := 0; ; {
		hash := bytes.IndexByte(rest[at:], '#')
		if hash < 0 {
			return append(joined, rest...)
		}
		at += hash
		header := headerLength(rest[at:])
		if header == 0 {
			at++
			continue
		}
		joined = append(joined, beforeHeader(rest[:at])...)
		rest, at = rest[at+header:], 0
	}
}

// headerLength is the length of the chunk header that octets begin with, up to its line feed: a # and a number or a #, with
// a sign or blanks around them and CR LF too. 0 for none. There may be a million of them, too many for a regular expression.
func headerLength(octets []byte) int {
	at := 1 // behind the #
	if at < len(octets) && bytes.IndexByte([]byte(" \t+-"), octets[at]) >= 0 {
		at++
	}
	digits := at
	for at < len(octets) && '0' <= octets[at] && octets[at] <= '9' {
		at++
	}
	if at == digits {
		if at == len(octets) || octets[at] != '#' {
			return 0
		}
		at++
	}
	for at < len(octets) && (octets[at] == ' ' || octets[at] == '\t') {
		at++
	}
	if at < len(octets) && octets[at] == '\r' {
		at++
	}
	if at == len(octets) || octets[at] != '\n' {
		return 0
	}
	return at + 1
}

// beforeHeader takes off what leads to the # of a chunk header: a line feed, as a rule.
func beforeHeader(octets []byte) []byte {
	for _, lead := range []string{" ", "\t", "\n", "\r"} {
		octets = bytes.TrimSuffix(octets, []byte(lead))
	}
	return octets
}

// OfOctets judges octets about to be sent, whether framed, broken or cut, by the operations that can be read in them.
// It errs on the side of the stronger effect: what looks like a write counts as one.
func OfOctets(octets []byte) Effect {
	strongest := Nothing
	for _, text := range [][]byte{octets, Unchunked(octets)} {
		for _, m := range operation.FindAllSubmatch(text, -1) {
			strongest = max(strongest, ofOperation(string(m[1]), text))
		}
	}
	return strongest
}

// ofOperation knows the operations of RFC 6241 §7 and §8, RFC 5717 and RFC 8526.
func ofOperation(name string, text []byte) Effect {
	switch name {
	case "lock", "unlock", "partial-lock", "partial-unlock":
		return Lock
	case "kill-session":
		return Session
	case "discard-changes":
		return Candidate
	case "edit-config", "copy-config", "edit-data":
		return ofTarget(text)
	case "delete-config":
		return Startup
	}
	return Running // commit, cancel-commit
}

var (
	target  = regexp.MustCompile(`<(?:[\pL_][\pL\pN._-]*:)?target\s*>\s*<(?:[\pL_][\pL\pN._-]*:)?([a-z-]+)[\s/>]`)
	targets = regexp.MustCompile(`<(?:[\pL_][\pL\pN._-]*:)?target[\s/>]`)
	edits   = regexp.MustCompile(`<(?:[\pL_][\pL\pN._-]*:)?(?:edit-config|copy-config|edit-data)[\s/>]`)
)

// ofTarget is the strongest effect among the targets named. One that cannot be read counts as running, and so does the
// target of an edit that shows none.
func ofTarget(text []byte) Effect {
	strongest := Nothing
	named := target.FindAllSubmatch(text, -1)
	for _, m := range named {
		strongest = max(strongest, ofDatastore(string(m[1])))
	}
	if max(len(targets.FindAll(text, -1)), len(edits.FindAll(text, -1))) > len(named) {
		strongest = max(strongest, Running)
	}
	return strongest
}

func ofDatastore(name string) Effect {
	switch name {
	case "candidate":
		return Candidate
	case "startup":
		return Startup
	}
	return Running // running, url, and what nobody knows
}
