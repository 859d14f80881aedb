package suites

import (
	"context"

	"github.com/ncspec/ncspec/harness/session"
)

// hearFirst finds out whether the server loses a hello that comes before its own. RFC 6241 §8.1 has both sides send at
// once, and sessions of a run do. A server that loses their hellos would spoil every spec: its sessions wait for its
// hello, the report says so, and one spec of the hello suite judges it.
func (j *journey) hearFirst(ctx context.Context) {
	if j.greeted(ctx) != session.Silent {
		return
	}
	if j.run.HearFirst = true; j.greeted(ctx) == session.Answered {
		j.notes = append(j.notes, "The server does not hear a hello that comes before its own: sessions of this run wait for it.")
		return
	}
	j.run.HearFirst = false
}

// greeted opens a session as specs do, and tells what becomes of a request on it.
func (j *journey) greeted(ctx context.Context) session.Outcome {
	opened, err := j.run.OpenPlain(ctx, "arrival")
	if err != nil {
		return session.Ended
	}
	defer func() { _ = opened.Leave(ctx) }()
	return opened.Ping(ctx).Outcome
}
