package schema

import (
	"context"
	"errors"
	"fmt"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
)

// ErrNoTrial is a server on which nothing can be tried without changing running: it has neither a candidate nor test-only.
var ErrNoTrial = errors.New("the server offers no way to try a change: neither candidate nor validate:1.1")

// Try shows that a server takes a fixture's leaf: by test-only where it has that (RFC 6241 §8.6.4.2), else in the
// candidate, under its lock, which is then discarded. Nothing is committed. The error holds the server's own rpc-error.
func Try(ctx context.Context, s *session.Session, leaf *target.Leaf) error {
	claims := s.Hello().Capabilities
	store := datastore.Running
	if claims.Has("candidate") {
		store = datastore.Candidate
	}
	if claims.Has("validate:1.1") {
		return tell("trying the leaf by test-only", s.RPC(ctx, netconf.EditConfig(store, leaf.Config(leaf.Values[0], ""), netconf.TestOption("test-only"))))
	}
	if store != datastore.Candidate {
		return ErrNoTrial
	}
	if err := tell("locking the candidate", s.Lock(ctx, store)); err != nil {
		return err
	}
	defer s.Unlock(ctx, store) // ends the session's changes too, RFC 6241 §8.3.5.2
	err := tell("editing the candidate", s.EditConfig(ctx, store, leaf.Config(leaf.Values[0], "")))
	if err == nil && claims.Has("validate") {
		err = tell("validating the candidate", s.RPC(ctx, netconf.Validate(store)))
	}
	return errors.Join(err, tell("discarding the change", s.DiscardChanges(ctx)))
}

func tell(what string, reply *session.Reply) error {
	if ok, _ := match.BeOK().Match(reply); !ok {
		return fmt.Errorf("%s: %s", what, match.Show(reply))
	}
	return nil
}
