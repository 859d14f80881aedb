package xml

import (
	"context"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

// greeted opens a session with a client hello as it stands, which announces both versions.
func greeted(ctx context.Context, hello string) (*session.Session, error) {
	s := Open(ctx, Mute())
	Given(s.Write(ctx, wire.Append(nil, wire.EndOfMessage, []byte(hello)))).To(Succeed())
	s.Announce(session.Versions()...)
	if _, err := s.ReceiveHello(ctx); err != nil {
		return nil, err
	}
	return s, s.Agree()
}

// ask sends a request in octets of its own; they say what the request says.
func ask(ctx context.Context, s *session.Session, r netconf.Request, document string) *session.Reply {
	sent := s.SendAs(ctx, []netconf.Request{r}, wire.Append(nil, s.Framing(), []byte(document)))
	return s.Await(ctx, sent[0])
}
