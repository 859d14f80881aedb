package reference

import (
	"errors"
	"fmt"
)

// ErrLocked is why ChangeOutside and LockOutside fail while somebody else holds a lock.
var ErrLocked = errors.New("reference: the configuration is locked")

// LockOutside locks running for an entity outside NETCONF, as a command line in exclusive mode would. Sessions
// see a holder with session-id 0 (RFC 6241 §7.5). It fails with ErrLocked while running is locked.
func (s *Server) LockOutside() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if holder, locked := s.locks[running]; locked {
		return fmt.Errorf("locking running from outside NETCONF, session %d has it: %w", holder, ErrLocked)
	}
	s.locks[running] = 0
	return nil
}

// UnlockOutside releases the lock of LockOutside. It fails when there is none.
func (s *Server) UnlockOutside() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if holder, locked := s.locks[running]; !locked || holder != 0 {
		return errors.New("reference: no lock from outside NETCONF is active")
	}
	delete(s.locks, running)
	return nil
}

// ChangeOutside sets system/contact of running from outside NETCONF, as a command line would. It fails with
// ErrLocked while a NETCONF session holds the lock (RFC 6241 §7.5).
func (s *Server) ChangeOutside(value string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if holder, locked := s.locks[running]; locked && holder != 0 && !s.broken("change-outside-ignores-lock") {
		return fmt.Errorf("changing running from outside NETCONF, session %d has it locked: %w", holder, ErrLocked)
	}
	schema := s.schema.child(Namespace, "system")
	if schema == nil {
		return errors.New("reference: this profile has no system/contact")
	}
	system := orEmpty(s.store.running.child(schema), schema)
	changed := system.with(&element{schema: schema.named("contact"), value: value})
	s.replace(running, s.store.running.with(changed))
	return nil
}
