// Package requirement holds the catalogue of what the RFCs demand of a NETCONF server: it reads the
// requirements.yaml files of the suites, looks entries up and counts them. It judges nothing itself.
//
// The texts of the entries share these words and signs:
//
//	nc            the base namespace urn:ietf:params:xml:ns:netconf:base:1.0, "(base)" in probes
//	T             the datastore to edit: candidate where announced, else running. Entries on T require
//	              "candidate|writable-running", touch "candidate", and touch running on a server without candidate
//	S1, S2, S3    separate sessions of the same user
//	N s           the grace period of the run, 5 s unless the target file says otherwise
//	closed        the client sees EOF or CLOSE of the SSH channel, a disconnect or the end of the TCP connection
//	\n \r \t      single octets LF CR TAB; N in "\n#N\n" is the right number of octets
//	rpc-error     an nc:rpc-error in the nc:rpc-reply, and no nc:ok beside it
//	monitor       a check of every message of every session of the run, instead of a probe of its own
//	no verdict    the surroundings did not allow to judge: neither pass nor violation
//
// Requires: all items must hold; "a|b" either, "!a" not announced, none for every server. What only RFC 6241 asks
// requires base:1.1, so it does not apply to a server that claims base:1.0 alone.
//
// Assert is what can fail. Observe is what is recorded and never fails: which of several legal outcomes the
// server chose, how long something took. An entry without assert counts as observed.
package requirement
