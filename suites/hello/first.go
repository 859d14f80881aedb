package hello

import (
	"context"
	"errors"
	"fmt"
	"strings"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

// first opens the subsystem, sends nothing and gives the first message. A server that sends none in time has not sent
// a hello: that is for the spec to judge, so the message is empty then.
func first(ctx context.Context) (*session.Session, session.Message) {
	s := Open(ctx, Mute())
	m, err := s.Next(ctx)
	if ctx.Err() != nil {
		Broken("waiting for the server's hello: %v", err)
	}
	return s, m
}

// theirHello is first for what is judged on the content of a hello. Whether the first message is one at all is judged by
// hello/server-sends-hello.
func theirHello(ctx context.Context) session.Message {
	_, m := first(ctx)
	Given(m).To(HaveXPath("/nc:hello"))
	return m
}

// worksAsUsual shows that a session with an ordinary hello works, so that what a probe meets is due to what is special
// about the probe.
func worksAsUsual(ctx context.Context) {
	s := Open(ctx, Fresh(), Named("usual"))
	Given(s).To(StillAnswer(ctx))
}

// worksWith is worksAsUsual for a client that announces these versions only.
func worksWith(ctx context.Context, versions ...string) {
	s := Open(ctx, Named("usual"), Announcing(versions...))
	Given(s).To(StillAnswer(ctx))
}

// greet waits for the server's hello on a mute session and writes octets in place of the client's.
func greet(ctx context.Context, octets ...[]byte) *session.Session {
	s := Open(ctx, Mute(), Named("probe"))
	_, err := s.ReceiveHello(ctx)
	Given(err).To(Succeed())
	provoke(ctx, s, octets...)
	return s
}

// provoke writes octets that the server may answer by going away.
func provoke(ctx context.Context, s *session.Session, octets ...[]byte) {
	unlessEnded(ctx, s.Break(ctx, octets...))
}

// unlessEnded ends the spec where a probe could not be written for another reason than the server's end: that one shows
// in what is read.
func unlessEnded(ctx context.Context, err error) {
	var refused *session.Refused
	if err != nil && (errors.As(err, &refused) || ctx.Err() != nil) {
		Broken("writing the probe: %v", err)
	}
}

// request is a complete get-config that selects nothing, in the framing named.
func request(f wire.Framing, id string) []byte {
	return wire.Append(nil, f, netconf.Request{MessageID: id, Operation: session.Nothing()}.Marshal())
}

// withMark frames a hello (RFC 6242 §4.1).
func withMark(hello string) []byte { return wire.Append(nil, wire.EndOfMessage, []byte(hello)) }

// both are the two framings: a server that goes on against the rules may do so in either.
func both() []wire.Framing { return []wire.Framing{wire.EndOfMessage, wire.Chunked} }

// demandRefusal judges that nothing is carried out after the octets were written in place of a proper hello, whichever
// framing the request behind them has, and notes what the server did instead.
func demandRefusal(ctx context.Context, id, what string, octets []byte) {
	for _, f := range both() {
		s := greet(ctx, octets)
		s.ExpectFraming(f)
		provoke(ctx, s, request(f, "refused"))
		ending := s.Aftermath(ctx, s.Patience())
		s.Note("after %s, request in %s framing", what, f)
		Demand(id, ending).To(CarryNothingOut())
		Observe(fmt.Sprintf("after %s, %s framing", what, f), reaction(ending), "closed", "rpc-error", "rpc-error, then closed", "silence")
	}
}

func reaction(e *session.Ending) string {
	var parts []string
	if len(e.Replies) > 0 {
		parts = append(parts, "rpc-error")
	}
	if e.Ended {
		parts = append(parts, "closed")
	}
	if len(parts) == 0 {
		return "silence"
	}
	return strings.Join(parts, ", then ")
}

// hello is a client hello with these capability elements, as they stand.
func hello(namespace, inside string) string {
	if namespace != "" {
		namespace = ` xmlns="` + namespace + `"`
	}
	return "<hello" + namespace + ">" + inside + "</hello>"
}

// capabilities lists URIs as a client hello has them.
func capabilities(uris ...string) string {
	text := "<capabilities>"
	for _, uri := range uris {
		text += "<capability>" + uri + "</capability>"
	}
	return text + "</capabilities>"
}
