package session

import (
	"context"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/netconf"
)

// Lock asks for the lock of a datastore (RFC 6241 §7.5).
func (s *Session) Lock(ctx context.Context, d datastore.Name) *Reply {
	return s.RPC(ctx, netconf.Lock(d))
}

// Unlock gives a lock back (RFC 6241 §7.6).
func (s *Session) Unlock(ctx context.Context, d datastore.Name) *Reply {
	return s.RPC(ctx, netconf.Unlock(d))
}

// GetConfig reads a datastore; filter is what stands inside a subtree filter, "" for no filter (RFC 6241 §7.1).
func (s *Session) GetConfig(ctx context.Context, d datastore.Name, filter string) *Reply {
	return s.RPC(ctx, netconf.GetConfig(d, filter))
}

// EditConfig changes a datastore; config is what stands inside config (RFC 6241 §7.2).
func (s *Session) EditConfig(ctx context.Context, d datastore.Name, config string) *Reply {
	return s.RPC(ctx, netconf.EditConfig(d, config))
}

// Commit makes the candidate the running configuration (RFC 6241 §8.3.4.1).
func (s *Session) Commit(ctx context.Context) *Reply { return s.RPC(ctx, netconf.Commit()) }

// DiscardChanges makes the candidate what running is (RFC 6241 §8.3.4.2).
func (s *Session) DiscardChanges(ctx context.Context) *Reply {
	return s.RPC(ctx, netconf.DiscardChanges())
}

// KillSession ends another session (RFC 6241 §7.9).
func (s *Session) KillSession(ctx context.Context, id string) *Reply {
	return s.RPC(ctx, netconf.KillSession(id))
}

// CloseSession asks the server to end this session (RFC 6241 §7.8).
func (s *Session) CloseSession(ctx context.Context) *Reply { return s.RPC(ctx, netconf.CloseSession()) }

// Ping sends the cheapest request that every server must answer: running through a filter that selects nothing
// (RFC 6241 §6.4.2).
func (s *Session) Ping(ctx context.Context) *Reply { return s.RPC(ctx, Nothing()) }

// Nothing is the operation of Ping.
func Nothing() string {
	return `<get-config><source><running/></source><filter type="subtree"/></get-config>`
}
