package monitor

import "github.com/ncspec/ncspec/harness/wire"

// framingRequirements names what a server breaks by sending what the rule forbids (RFC 6242 §4.2, §4.3).
func framingRequirements(r wire.Rule) []string {
	switch r {
	case wire.LeadingZero, wire.ZeroSize, wire.SizeTooLarge:
		return []string{"rfc6242-4.2-output-grammar", "rfc6242-4.2-output-no-leading-zeros"}
	case wire.MessageTooLong, wire.HeaderTooLong:
		return nil // limits of our own
	}
	return []string{"rfc6242-4.2-output-grammar"}
}
