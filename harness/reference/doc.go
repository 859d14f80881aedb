// Package reference is a conformant NETCONF server that runs inside a Go process: RFC 6241 over SSH (RFC 6242), on a
// small YANG module of its own (yang/ncspec-reference.yang). It is there so that checks can be proved to fail: a named
// Defect makes it do one thing wrong, on purpose, and all else right.
//
// # Profiles
//
//   - full: base:1.0 and 1.1, candidate, confirmed-commit:1.1, writable-running, startup, validate:1.1,
//     rollback-on-error, partial-lock, and the sessions of ietf-netconf-monitoring
//   - base10: base:1.0 alone, behaving as RFC 4741 and RFC 4742 have it
//   - base11: as full, with base:1.1 alone
//   - running-only: base:1.1 alone, with writable-running and no candidate
//   - junos: speaks as the server of the documented session: its capabilities, its namespaces, its inventory, and
//     requests without namespace or message-id
//   - stub: says hello, then ends every session at its first input
//   - generic-error: answers everything with operation-failed
//
// # Adding a defect
//
// Put a line into the table of the suite that should catch it (defects_hello.go, defects_framing.go, defects_rpc.go,
// defects_lock.go, defects_session.go). Name it after the wrong behaviour. Then find the place where the right
// behaviour lives, and ask there, in one line:
//
//	if s.broken("lock-granted-twice") {
//
// A test holds the tables against the code: no defect without a hook, no hook without a defect.
//
// # Side channels
//
// LockOutside, UnlockOutside and ChangeOutside act as an entity outside NETCONF. ManualClock, given as Options.Clock,
// makes timeouts pass without waiting. SSHAddr is an SSH server without the netconf subsystem.
package reference
