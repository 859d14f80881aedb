// Package reference is a conformant NETCONF server that runs inside a Go process: RFC 6241 over SSH (RFC 6242), on a
// small YANG module of its own (yang/ncspec-reference.yang). It is there so that checks can be proved to fail: a named
// Defect makes it do one thing wrong, on purpose, and all else right.
//
// # Profiles
//
//   - full: base:1.0 and 1.1, candidate, confirmed-commit:1.1, writable-running, startup, validate:1.1,
//     rollback-on-error, url for file and http, xpath, partial-lock, and the sessions of ietf-netconf-monitoring
//   - base10: base:1.0 alone, behaving as RFC 4741 and RFC 4742 have it, without url
//   - base11: as full, with base:1.1 alone
//   - private-candidate: as full, with a candidate for each session
//   - candidate-only: base:1.0 and 1.1 with candidate and validate:1.1, and no other capability
//   - running-only: base:1.1 alone, with writable-running and no candidate
//   - junos: speaks as the server of the documented session: its capabilities, its namespaces, its inventory, and
//     requests without namespace or message-id
//   - stub: says hello, then ends every session at its first input
//   - generic-error: answers everything with operation-failed
//
// # Data
//
// Two YANG modules with a top-level name in common (yang/, site.go), and one model without YANG whose elements have
// attributes (legacy.go). Below services stand the constraints between nodes that validate and commit check
// (validity.go): a must, a mandatory leaf, a unique, leafrefs, numbers of entries, a mandatory choice. Below secret is
// what users with few rights do not see (access.go).
//
// # URLs
//
// file:///NAME is a file in a folder of the server's own, which Files names and Close removes. http is for loopback
// addresses, with GET and PUT. All other places are refused.
//
// # Adding a defect
//
// Put a line into the table of the suite that should catch it, defects_hello.go for suites/hello and so on. Name it
// after the wrong behaviour. Then find the place where the right behaviour lives, and ask there, in one line:
//
//	if s.broken("lock-granted-twice") {
//
// A test holds the tables against the code: no defect without a hook, no hook without a defect.
//
// # Side channels
//
// LockOutside, UnlockOutside and ChangeOutside act as an entity outside NETCONF, Reboot as whoever has the power cord.
// Options.Received is told of all that comes. ManualClock, given as Options.Clock, makes timeouts pass without waiting.
// SSHAddr is an SSH server without the netconf subsystem.
package reference
