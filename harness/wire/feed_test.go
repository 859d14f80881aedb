package wire

import "fmt"

// failer is what testing.T and rapid.T have in common here.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// replay is all that a decoder says about a stream.
type replay struct {
	events     []string
	messages   []string
	violations []Violation
}

// feed gives pieces to a decoder one after the other. It fails the test where the decoder does not get on.
func feed(t failer, d *Decoder, pieces ...[]byte) replay {
	t.Helper()
	var r replay
	var message []byte
	started := false
	idle := 0
	for _, p := range pieces {
		for len(p) > 0 {
			before := d.Offset()
			n, ev := d.Decode(p)
			check(t, d, before, p, n, ev)
			if idle++; n > 0 {
				idle = 0
			}
			if idle > 2*d.limits.Header+64 {
				t.Fatalf("%d events in a row without an octet consumed", idle)
			}
			p = p[n:]
			switch ev.Kind {
			case Data:
				message, started = append(message, ev.Data...), true
			case End:
				r.messages = append(r.messages, string(message))
				r.events = append(r.events, fmt.Sprintf("message %q", message))
				message, started = nil, false
			case Violated:
				r.violations = append(r.violations, *ev.Violation)
				r.events = append(r.events, fmt.Sprintf("%s@%d", ev.Violation.Rule, ev.Violation.Offset))
			}
		}
	}
	if started {
		r.events = append(r.events, fmt.Sprintf("open %q", message))
	}
	if v := d.Finish(); v != nil {
		r.violations = append(r.violations, *v)
		r.events = append(r.events, fmt.Sprintf("finish %s@%d", v.Rule, v.Offset))
	}
	return r
}

// check tests what holds for each call of Decode whatever the octets are.
func check(t failer, d *Decoder, before int64, p []byte, n int, ev Event) {
	t.Helper()
	if n < 0 || n > len(p) || d.Offset() != before+int64(n) {
		t.Fatalf("consumed %d of %d octets, offset %d → %d", n, len(p), before, d.Offset())
	}
	if ev.Kind == None && n != len(p) {
		t.Fatalf("no event, but only %d of %d octets consumed", n, len(p))
	}
	if (ev.Kind == Data) != (len(ev.Data) > 0) || (ev.Kind == Violated) != (ev.Violation != nil) {
		t.Fatalf("an event that does not agree with its kind: %+v", ev)
	}
	if ev.Kind == Data || ev.Kind == Violated {
		// Data and faults are about octets seen, the current one included.
		if ev.Offset < 0 || ev.Offset+int64(len(ev.Data)) > d.Offset()+1 {
			t.Fatalf("an event at offset %d beyond the stream's %d", ev.Offset, d.Offset())
		}
	}
	bound := 2*d.limits.Header + 64
	if len(d.held) > bound || len(d.again) > bound || len(d.recent) > 4*d.keep || len(d.blanks) > keptBlanks {
		t.Fatalf("holds %d+%d+%d+%d octets", len(d.held), len(d.again), len(d.recent), len(d.blanks))
	}
}

func single(octets []byte) [][]byte {
	var pieces [][]byte
	for i := range octets {
		pieces = append(pieces, octets[i:i+1:i+1])
	}
	return pieces
}
