package reference

import (
	"strconv"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/wire"
)

// sendHello sends the server's hello, always ended by the end-of-message mark (RFC 6242 §4.1).
func (s *session) sendHello() error {
	frame := &frameWriter{out: s.channel, framing: wire.EndOfMessage}
	x := newXMLWriter(frame, "")
	x.raw(`<?xml version="1.0" encoding="UTF-8"?>`, "\n")
	x.open("hello", `xmlns="`+baseNS+`"`)
	x.open("capabilities")
	for _, c := range s.capabilities() {
		x.leaf("capability", c)
	}
	x.close("capabilities")
	x.leaf("session-id", strconv.FormatUint(uint64(s.id), 10))
	x.close("hello")
	if err := x.out.Flush(); err != nil {
		return err
	}
	return frame.Close()
}

// capabilities is what the server claims.
func (s *session) capabilities() []string { return s.profile.capabilities }

// greet takes the client's hello. False ends the session: there is no rpc yet that an error could answer.
func (s *session) greet(message []byte) bool {
	hello, ok := s.readHello(message)
	if !ok {
		return false
	}
	versions := clientVersions(hello)
	framing, ok := s.profile.framing(versions[base10URN], versions[base11URN])
	if !ok {
		return false
	}
	s.decoder.Switch(framing)
	s.greeted = true
	return true
}

// readHello takes a message for a hello, which is in the base namespace and has no session-id
// (RFC 6241 §3.1, §8.1).
func (s *session) readHello(message []byte) (*input, bool) {
	if s.faults(message) != "" {
		return nil, false
	}
	root, _, err := parse(message)
	if err != nil {
		return nil, false
	}
	if root.name != base("hello") && !(s.profile.lenient && root.name == name{"", "hello"}) {
		return nil, false
	}
	if root.child(name{root.ns, "session-id"}) != nil {
		return nil, false
	}
	return root, true
}

// clientVersions gives the protocol versions of a client's hello; only the base part of a URI counts.
func clientVersions(hello *input) map[string]bool {
	versions := map[string]bool{}
	capabilities := hello.child(name{hello.ns, "capabilities"})
	if capabilities == nil {
		return versions
	}
	for _, c := range capabilities.children {
		if c.name == (name{hello.ns, "capability"}) {
			versions[netconf.ParseCapability(c.text).Base] = true
		}
	}
	return versions
}
