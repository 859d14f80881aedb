package xml

import (
	"context"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

// greeted opens a session with a client hello as it stands, which announces both versions. It is written once the server's
// hello is there, as some servers lose one that comes before.
func greeted(ctx context.Context, hello string) *session.Session {
	s := Open(ctx, Mute())
	_, err := s.ReceiveHello(ctx)
	Given(err).To(Succeed())
	Given(s.Write(ctx, wire.Append(nil, wire.EndOfMessage, []byte(hello)))).To(Succeed())
	s.Announce(session.Versions()...)
	Given(s.Agree()).To(Succeed())
	return s
}

// ask sends a request in octets of its own; they say what the request says.
func ask(ctx context.Context, s *session.Session, r netconf.Request, document string) *session.Reply {
	sent := s.SendAs(ctx, []netconf.Request{r}, wire.Append(nil, s.Framing(), []byte(document)))
	return s.Await(ctx, sent[0])
}
