package reference

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestPrivateCandidate(t *testing.T) {
	s := start(t, Options{Profile: "private-candidate"})
	a, b := open(t, s), open(t, s)
	a.ok(edit("candidate", place("A")))
	b.g.Expect(b.location("candidate")).To(Equal("Laboratory"))
	b.ok(on("lock", "candidate"))
	a.errorTag(on("lock", "candidate"), "operation-failed")
	b.g.Expect(b.errorTag(on("lock", "candidate"), "lock-denied")).To(ContainSubstring("<session-id>" + b.sessionID() + "<"))
	b.ok("<discard-changes/>")
	a.ok("<commit/>")
	b.g.Expect(b.location("candidate")).To(Equal("A"), "an unchanged candidate follows running")
	a.ok(on("lock", "candidate"))
	b.ok(edit("candidate", place("B")))
	b.ok(on("unlock", "candidate"))
	b.g.Expect(b.location("candidate")).To(Equal("A"), "an unlock discards")
	a.errorTag(on("lock", "candidate"), "lock-denied")
	a.ok(edit("candidate", place("C")))
	a.ok("<close-session/>")
	b.g.Expect(b.location("candidate")).To(Equal("A"))
	b.ok(on("lock", "running"))
}
