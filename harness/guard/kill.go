package guard

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"

	"github.com/ncspec/ncspec/harness/effect"
)

var (
	killed  = regexp.MustCompile(`<(?:[\pL_][\pL\pN._-]*:)?kill-session[\s>]`)
	victims = regexp.MustCompile(`(?s)<(?:[\pL_][\pL\pN._-]*:)?session-id(?:\s[^<>]*)?>(.*?)</`)
)

// unlikely is the first session-id that no server is expected to have given out yet: ids are counted up.
const unlikely = 4_000_000_000

// mayKill refuses a kill-session (RFC 6241 §7.9) that names a session somebody else may be using, and notes those of ours
// that one names.
func (g *Guard) mayKill(octets []byte) error {
	for _, text := range [][]byte{octets, effect.Unchunked(octets)} {
		if !killed.Match(text) {
			continue
		}
		for _, m := range victims.FindAllSubmatch(text, -1) {
			id := string(bytes.TrimSpace(m[1]))
			if !g.harmless(id) {
				return fmt.Errorf("session %s is not one of ours, and kill-session would end somebody's work", m[1])
			}
			g.doomed[id] = true
		}
	}
	return nil
}

// harmless tells whether a session-id names a session of ours, or none. One that is not written plainly is not.
func (g *Guard) harmless(id string) bool {
	if bytes.ContainsAny([]byte(id), "<&") {
		return false
	}
	n, err := strconv.ParseUint(id, 10, 32)
	return g.ours[id] || err != nil || n == 0 || n >= unlikely
}
