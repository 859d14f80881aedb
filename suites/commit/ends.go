package commit

import (
	"context"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

// end is a way in which a session ends; by is another session, which may have a part in it.
type end struct {
	slug, text string
	cause      func(ctx context.Context, s, by *session.Session)
}

func closed() end {
	return end{"close-session", "its session is closed", func(ctx context.Context, s, _ *session.Session) {
		Given(s.CloseSession(ctx)).To(BeOK())
		Given(s.AwaitEnd(ctx)).To(BeOver())
	}}
}

func killed() end {
	return end{"kill-session", "its session is killed", func(ctx context.Context, s, by *session.Session) {
		Given(allowed(by.KillSession(ctx, s.ID()))).To(BeOK())
	}}
}

// losses are the ways in which a session loses its transport.
func losses() []end {
	return []end{
		{"channel-close", "the SSH channel is closed", func(_ context.Context, s, _ *session.Session) {
			Given(s.Stream().Close()).To(Succeed())
		}},
		{"ssh-disconnect", "SSH is disconnected", func(_ context.Context, s, _ *session.Session) {
			Given(s.Conn().Close()).To(Succeed())
		}},
		tcpFIN(),
		tcpRST(),
	}
}

func tcpFIN() end {
	return end{"tcp-fin", "TCP is closed without a word of SSH", func(_ context.Context, s, _ *session.Session) {
		Given(s.Conn().CloseTCP()).To(Succeed())
	}}
}

func tcpRST() end {
	return end{"tcp-rst", "the TCP connection is reset", func(_ context.Context, s, _ *session.Session) {
		Given(s.Conn().Abort()).To(Succeed())
	}}
}

// noticed bounds, in multiples of the grace, how long the end of a session may go unnoticed: a lost transport has to be
// noticed first, and the RFC sets no time. That is 60 s where the grace is 5 s.
const noticed = 12
