package hello

import (
	"regexp"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

// sessionID is the form of a session-id: xs:unsignedInt from 1 (RFC 6241 Appendix B), surrounding white space is none of it.
var sessionID = regexp.MustCompile(`^\s*\+?0*([1-9][0-9]{0,9})\s*$`)

// beSessionID holds for the text of a session-id from 1 to 4294967295.
func beSessionID() Matcher {
	return Hold("a session-id from 1 to 4294967295", func(text string) bool {
		m := sessionID.FindStringSubmatch(text)
		return m != nil && (len(m[1]) < 10 || m[1] <= "4294967295")
	})
}

func sessionIDs() {
	const id = "rfc6241-8.1-session-id-identifies-session"

	It("names one session by its id", Spec("hello/session-id-kills-that-session"), Covers(id), func(ctx ginkgo.SpecContext) {
		victim, killer, other := Open(ctx, Named("victim")), Open(ctx, Named("killer")), Open(ctx, Named("other"))
		for _, s := range []*session.Session{victim, killer, other} {
			Given(s.ID()).To(beSessionID())
			Given(s).To(StillAnswer(ctx))
		}
		ids := []string{victim.ID(), killer.ID(), other.ID()}
		Demand(id, ids).To(BeDistinct())
		reply := killer.KillSession(ctx, victim.ID())
		if denied, _ := BeRPCError(AccessDenied).Match(reply); denied {
			NotJudged(id, "this user may not kill sessions")
			return
		}
		Demand(id, reply).To(BeOK())
		Demand(id, victim.AwaitEnd(ctx)).To(BeOver())
		for _, s := range []*session.Session{killer, other} {
			Demand(id, s).To(StillAnswer(ctx))
		}
	})

	It("gives ids that differ among all sessions of the run", Spec("hello/session-ids-unique"), Monitor(), Covers(id),
		func(ctx ginkgo.SpecContext) { DemandNoFindings(ctx, id, "pair of sessions open at the same time") })
}
