package guard

import (
	"fmt"
	"regexp"
	"strconv"
)

var killed = regexp.MustCompile(`kill-session[\s\S]*?session-id[^>]*>\s*([^<\s]*)`)

// unlikely is the first session-id that no server is expected to have given out yet: ids are counted up.
const unlikely = 4_000_000_000

// mayKill refuses a kill-session (RFC 6241 §7.9) that names a session somebody else may be using.
func (g *Guard) mayKill(octets []byte) error {
	for _, m := range killed.FindAllSubmatch(octets, -1) {
		id := string(m[1])
		n, err := strconv.ParseUint(id, 10, 32)
		if g.ours[id] || err != nil || n == 0 || n >= unlikely {
			continue
		}
		return fmt.Errorf("session %s is not one of ours, and kill-session would end somebody's work", id)
	}
	return nil
}
