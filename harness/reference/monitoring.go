package reference

import (
	"maps"
	"slices"
	"strconv"
	"time"
)

const (
	monitoringNS         = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring"
	monitoringCapability = monitoringNS + "?module=ietf-netconf-monitoring&revision=2010-10-04"
)

// monitoringModule is the part of RFC 6022 that the server has: capabilities and sessions.
func monitoringModule() []*node {
	return within(monitoringNS, stateNode(containerNode("netconf-state",
		containerNode("capabilities", leafListNode("capability", anyText)),
		containerNode("sessions",
			listNode("session", "session-id",
				leafNode("session-id", anyText),
				leafNode("transport", anyText),
				leafNode("username", anyText),
				leafNode("login-time", anyText))))))
}

// monitoring gives netconf-state (RFC 6022 §2.1), nothing where the profile does not claim it.
func (s *Server) monitoring(schema *node) *element {
	if !s.profile.monitoring {
		return nil
	}
	b := builder{schema}
	var claims, sessions []sprout
	for _, c := range s.profile.capabilities {
		claims = append(claims, b.leaf("capability", c))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(s.sessions)) {
		sessions = append(sessions, s.sessions[id].monitored(b))
	}
	return b.root(b.in("capabilities", claims...), b.in("sessions", sessions...))
}

func (s *session) monitored(b builder) sprout {
	return b.in("session",
		b.leaf("session-id", strconv.FormatUint(uint64(s.id), 10)),
		b.leaf("transport", s.transport),
		b.leaf("username", s.listedName()),
		b.leaf("login-time", s.since.UTC().Format(time.RFC3339)))
}

// listedName is the username in the list of sessions (RFC 6022 §2.1.4).
func (s *session) listedName() string {
	if s.broken("sessions-listed-without-username") {
		return ""
	}
	return s.username()
}

// username is the NETCONF username: what SSH said, unmodified (RFC 6242 §3).
func (s *session) username() string { return s.user }
