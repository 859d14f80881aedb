package reference

import (
	"strconv"
	"strings"
)

// recordSize is how many octets of ballast one record of stats holds.
const recordSize = 8 << 10

// withState gives the configuration with the state data put where it belongs (RFC 6241 §7.7).
func (s *Server) withState(config *element) *element {
	out := &element{schema: config.schema}
	for _, top := range config.schema.children {
		e := s.stateOf(top, config.child(top))
		if !e.empty() {
			out.children = append(out.children, e)
		}
	}
	return out
}

// stateOf gives one top-level node with its state.
func (s *Server) stateOf(schema *node, config *element) *element {
	switch (name{schema.ns, schema.name}) {
	case name{Namespace, "system"}:
		return s.withClock(orEmpty(config, schema))
	case name{Namespace, "top"}:
		return withCounters(config)
	case name{Namespace, "secret"}:
		return withAudit(orEmpty(config, schema))
	case name{Namespace, "stats"}:
		return s.stats(schema)
	case name{LegacyNamespace, "stats"}:
		return legacyStats(schema)
	case name{monitoringNS, "netconf-state"}:
		return s.monitoring(schema)
	}
	return config
}

func orEmpty(e *element, schema *node) *element {
	if e == nil {
		return &element{schema: schema}
	}
	return e
}

func (s *Server) withClock(system *element) *element {
	uptime := int64(s.options.Clock.Now().Sub(s.started).Seconds())
	b := builder{system.schema}
	return system.with(b.in("clock", b.leaf("uptime", strconv.FormatInt(uptime, 10)))(system.schema))
}

// withCounters gives each interface its state: eth0 is up, all others are down.
func withCounters(top *element) *element {
	if top == nil {
		return nil
	}
	out := &element{schema: top.schema}
	for _, e := range top.children {
		if e.schema.name == "interface" {
			b := builder{e.schema}
			status := "down"
			if e.leafValue("name") == "eth0" {
				status = "up"
			}
			e = e.with(b.leaf("oper-status", status)(e.schema))
			e = e.with(b.in("counters", b.leaf("in-octets", "45621"), b.leaf("out-octets", "774344"))(e.schema))
		}
		out.children = append(out.children, e)
	}
	return out
}

// stats counts requests, and holds as much ballast as the options say.
func (s *Server) stats(schema *node) *element {
	b := builder{schema}
	e := b.root(b.leaf("requests", strconv.FormatUint(s.requests.Load(), 10)))
	text := strings.Repeat("0123456789abcdef", recordSize/16)
	for i := int64(0); i*recordSize < s.options.BigData; i++ {
		size := min(recordSize, s.options.BigData-i*recordSize)
		record := b.in("record", b.leaf("id", strconv.FormatInt(i+1, 10)), b.leaf("text", text[:size]))
		e.children = append(e.children, record(schema))
	}
	return e
}
