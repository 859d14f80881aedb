package reference

import (
	"strconv"
	"strings"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/wire"
)

// sendHello sends the server's hello, always ended by the end-of-message mark (RFC 6242 §4.1).
func (s *session) sendHello() error {
	if s.later("hello-missing") {
		return nil
	}
	frame := s.helloFrame()
	x := newXMLWriter(frame, "")
	if s.later("banner-is-xml-too") {
		x.raw(`<?xml version="1.0"?><banner/>`)
	}
	x.raw(`<?xml version="1.0" encoding="UTF-8"?>`, "\n")
	x.open("hello", `xmlns="`+baseNS+`"`)
	if s.broken("session-id-before-capabilities") {
		x.leaf("session-id", s.announcedID())
	}
	s.writeCapabilities(x)
	if !s.broken("session-id-before-capabilities") && !s.later("hello-without-session-id") && !s.later("call-home-hello-without-session-id") {
		x.leaf("session-id", s.announcedID())
	}
	x.close("hello")
	if err := x.out.Flush(); err != nil {
		return err
	}
	return frame.Close()
}

func (s *session) writeCapabilities(x *xmlWriter) {
	x.open("capabilities")
	for _, c := range s.capabilities() {
		x.leaf("capability", c)
	}
	x.close("capabilities")
}

// capabilities is what the server claims.
func (s *session) capabilities() []string {
	claims := s.profile.capabilities
	if s.later("base-versions-not-advertised") || s.later("call-home-hello-without-base") {
		claims = without(claims, base10URN, base11URN)
	}
	if s.broken("confirmed-commit-without-candidate") {
		claims = without(claims, urn+"candidate:1.0")
	}
	if s.broken("capability-name-not-a-uri") {
		claims = append(without(claims), "private extensions")
	}
	if s.broken("rollback-capability-misspelt") {
		claims = append(without(claims, urn+"rollback-on-error:1.0"), urn+"rollback-on-errors:1.0")
	}
	if s.broken("xpath-capability-misspelt") {
		claims = append(without(claims, urn+"xpath:1.0"), "urn:ietf:params:ns:netconf:capability:xpath:1.0")
	}
	return s.misclaimed(s.misnamed(claims))
}

// without gives a copy of all that are not left out.
func without(all []string, out ...string) []string {
	var kept []string
	for _, s := range all {
		if !contains(out, s) {
			kept = append(kept, s)
		}
	}
	return kept
}

// announcedID is the session-id of the hello: the one that holds in all later messages (RFC 6241 §8.1).
func (s *session) announcedID() string {
	id := uint64(s.id)
	if s.later("session-id-zero") {
		id = 0
	}
	if s.broken("session-id-given-twice") {
		id = (id + 1) / 2
	}
	if s.broken("session-id-of-nobody") {
		id += 1000
	}
	return strconv.FormatUint(id, 10)
}

// greet takes the client's hello. False ends the session: there is no rpc yet that an error could answer.
func (s *session) greet(message []byte) bool {
	if s.broken("rpc-before-hello-answered") && strings.Contains(string(message), "<rpc") {
		return s.handle(message)
	}
	hello, ok := s.readHello(message)
	if !ok {
		return s.broken("malformed-hello-accepted") && s.faults(message) != "" && s.begin(wire.EndOfMessage)
	}
	ends, versions := s.misgreeted(s.clientVersions(hello))
	if ends {
		return false
	}
	framing, ok := s.agree(versions)
	return ok && s.begin(framing)
}

// begin starts the exchange of messages in the framing that was agreed on (RFC 6242 §4.1).
func (s *session) begin(f wire.Framing) bool {
	s.decoder.Switch(f)
	s.greeted = true
	if s.broken("text-after-hello") && f == wire.Chunked {
		s.channel.Write([]byte("ready"))
	}
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
	anyNamespace := s.broken("hello-namespace-ignored") || s.profile.lenient && root.ns == ""
	if root.local != "hello" || root.ns != baseNS && !anyNamespace {
		return nil, false
	}
	if root.child(name{root.ns, "session-id"}) != nil && !s.broken("client-session-id-accepted") && !s.broken("old-server-accepts-client-session-id") {
		return nil, false
	}
	return root, true
}

// clientVersions gives the base part of the capabilities in a client's hello, in their order: the rest of a URI
// does not count (RFC 6241 §8.1).
func (s *session) clientVersions(hello *input) []string {
	capabilities := hello.child(name{hello.ns, "capabilities"})
	if capabilities == nil {
		if s.broken("hello-without-capabilities-accepted") {
			return []string{base11URN}
		}
		return nil
	}
	var versions []string
	for _, c := range capabilities.children {
		if c.name != (name{hello.ns, "capability"}) {
			continue
		}
		version := netconf.ParseCapability(c.text).Base
		if s.broken("version-parameters-compared") && strings.Contains(c.text, "?") ||
			s.broken("capability-white-space-counts") && c.text != strings.TrimSpace(c.text) {
			version = c.text
		}
		versions = append(versions, version)
	}
	return versions
}

// agree gives the framing of the highest version in common; ok is false without one (RFC 6241 §8.1).
func (s *session) agree(versions []string) (f wire.Framing, ok bool) {
	client10, client11 := contains(versions, base10URN), contains(versions, base11URN)
	switch {
	case s.broken("last-listed-version-used") && client10 && client11:
		client11 = versions[len(versions)-1] == base11URN
	case s.broken("old-client-refused") && !client11:
		client10 = false
	case s.broken("new-client-refused") && !client10:
		client11 = false
	case s.broken("unknown-version-taken-for-old") && !client11 && strings.Contains(strings.Join(versions, " "), "netconf:base:"):
		client10 = true
	case s.broken("hello-without-version-accepted") && !strings.Contains(strings.Join(versions, " "), "netconf:base:"):
		client10 = true
	}
	if client11 && s.profile.claims(base11URN) {
		return wire.Chunked, true
	}
	return wire.EndOfMessage, client10 && (s.profile.claims(base10URN) || s.broken("old-client-of-new-server-accepted"))
}
