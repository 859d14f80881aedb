package callhome

import (
	"context"
	"strings"
	"time"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

// How many times the grace is waited for what a server does at a time of its own choice.
const (
	loginGraces = 120
	aliveGraces = 60
)

// loginLimit judges that the server ends a call on which the client does not authenticate.
func loginLimit(ctx context.Context) {
	const id = "rfc8071-4.1-s5-auth-timeout-close"
	began := time.Now()
	said, over := heard(Raw(ctx), loginGraces*FromContext(ctx).Grace(), func(string) bool { return false })
	Demand(id, over).To(BeTrue("the server ended the connection"))
	Demand(id, said).NotTo(Hold("a hello", isHello))
	Observe("time until it did (s)", int(time.Since(began).Seconds()))
}

// keepAlive judges that the server asks for a sign of life.
func keepAlive(ctx context.Context) {
	s := Open(ctx, Fresh())
	Given(s).To(StillAnswer(ctx))
	asked, able := s.Conn().(interface{ Asked() int64 })
	if !able {
		NoVerdict("what the server asks for is not known with this transport")
	}
	began := time.Now()
	count := PollEvery(ctx, pace(s), began.Add(aliveGraces*s.Grace()), asked.Asked, func(n int64) bool { return n > 0 })
	Demand("rfc8071-4.1-s7-keepalive", count > 0).To(BeTrue("a global request that wants a reply came"))
	Observe("time until then (s)", int(time.Since(began).Seconds()))
}

// pace is the time between two looks.
func pace(s *session.Session) time.Duration { return s.Grace() / 10 }

func isHello(text string) bool { return strings.Contains(text, "hello") }
