// Package match holds the Gomega matchers that specs judge answers with. Each failure message shows what was
// expected, what was found, and the octets that prove it.
package match

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ncspec/ncspec/harness/session"
)

// excerpt bounds the octets of a message that a failure shows.
const excerpt = 1500

// Show describes a reply for a failure message: what came, and its octets.
func Show(r *session.Reply) string {
	switch r.Outcome {
	case session.Silent:
		return "no reply " + within(r) + ", and the session stayed open" + instead(r)
	case session.Ended:
		return fmt.Sprintf("no reply: the server ended the session (%v)", r.Err)
	case session.Unusable:
		return fmt.Sprintf("nothing: the request could not be made (%v)", r.Err)
	}
	return summary(r) + "\n" + Octets(r.Message.Octets)
}

func within(r *session.Reply) string {
	if r.Waited() == 0 {
		return "in time"
	}
	return fmt.Sprintf("within %v", r.Waited())
}

// instead shows what came where a reply was due: one that cannot be read, as a rule.
func instead(r *session.Reply) string {
	text := ""
	for _, m := range r.Instead {
		text += "\n         but a message that is no rpc-reply"
		for _, f := range m.Faults {
			text += "\n         " + f.Error()
		}
		text += "\n" + Octets(m.Octets)
	}
	return text
}

func summary(r *session.Reply) string {
	var parts []string
	if r.OK {
		parts = append(parts, "ok")
	}
	for _, e := range r.Errors {
		parts = append(parts, fmt.Sprintf("rpc-error %s (type %s, severity %s)", e.Tag, e.Type, e.Severity))
	}
	if r.Data != nil {
		parts = append(parts, "data")
	}
	if len(parts) == 0 {
		return "a reply with neither ok, data nor rpc-error"
	}
	return strings.Join(parts, " and ")
}

// Octets shows a message, shortened in the middle where it is long, with what cannot be printed made visible.
func Octets(b []byte) string {
	text := string(b)
	if len(text) > excerpt {
		head, tail := atTags(text[:excerpt*2/3], text[len(text)-excerpt/3:])
		text = head + fmt.Sprintf(" … %d octets … ", len(text)-len(head)-len(tail)) + tail
	}
	return "  | " + strings.ReplaceAll(visible(text), "\n", "\n  | ")
}

// atTags ends the head of a message in front of a tag and begins its tail with one, where there are tags enough: what is
// cut in two is hard to read, and to mask.
func atTags(head, tail string) (string, string) {
	if at := strings.LastIndexByte(head, '<'); at > len(head)/2 {
		head = head[:at]
	}
	if at := strings.IndexByte(tail, '<'); at >= 0 && at < len(tail)/2 {
		tail = tail[at:]
	}
	return head, tail
}

func visible(text string) string {
	var b strings.Builder
	for text != "" {
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case r == '\n' || r == '\t' || unicode.IsPrint(r) && (r != utf8.RuneError || size > 1):
			b.WriteString(text[:size])
		case size == 1:
			fmt.Fprintf(&b, "\\x%02x", text[0])
		default:
			fmt.Fprintf(&b, "\\u%04x", r)
		}
		text = text[size:]
	}
	return b.String()
}

func asReply(actual any) (*session.Reply, error) {
	r, ok := actual.(*session.Reply)
	if !ok || r == nil {
		return nil, fmt.Errorf("this matcher judges a *session.Reply, not %T", actual)
	}
	return r, nil
}

func asEnding(actual any) (*session.Ending, error) {
	e, ok := actual.(*session.Ending)
	if !ok || e == nil {
		return nil, fmt.Errorf("this matcher judges a *session.Ending, not %T", actual)
	}
	return e, nil
}
