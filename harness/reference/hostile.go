package reference

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ncspec/ncspec/harness/wire"
)

// Hostility is a way for the server to be of no use to a client. No requirement stands behind it, so it is no defect: it
// shows what a run survives.
type Hostility struct{ Name, Summary string }

// Hostilities lists what Options.Hostile may name.
func Hostilities() []Hostility {
	return []Hostility{
		{"hangs", "answers nothing on the session any more"},
		{"hangs-in-reply", "sends the beginning of a reply, and nothing more on the session"},
		{"closes", "ends the session instead of answering"},
		{"closes-in-reply", "ends the session inside the reply"},
		{"disconnects", "drops the connection instead of answering"},
		{"answers-twice", "sends the reply twice"},
		{"answers-other", "sends a reply to somebody else instead of the right one"},
		{"answers-other-first", "sends a reply to somebody else ahead of the right one"},
		{"huge-error", "answers with an error-message of 100 MB"},
		{"floods-octets", "sends a reply that never ends"},
		{"floods-replies", "sends replies that nobody has asked for, without end"},
		{"floods-garbage", "sends octets that are no message, without end"},
	}
}

// hostility is what Options.Hostile says.
type hostility struct {
	name     string
	from, to uint64 // the requests that it befalls, counted over all sessions from 1; to is 0 where there is no end
}

// parseHostility reads "name" for every request, "name@n" for the n-th one, "name@n-" for all from the n-th on.
func parseHostility(text string) (hostility, error) {
	if text == "" {
		return hostility{}, nil
	}
	name, when, limited := strings.Cut(text, "@")
	if !contains(hostileNames(), name) {
		return hostility{}, fmt.Errorf("no hostility %q: use one of %s", name, strings.Join(hostileNames(), ", "))
	}
	if !limited {
		return hostility{name: name, from: 1}, nil
	}
	number, open := strings.CutSuffix(when, "-")
	n, err := strconv.ParseUint(number, 10, 64)
	if err != nil || n == 0 {
		return hostility{}, fmt.Errorf("no request %q: write %s@30 for the 30th request, %s@30- for all from that on", when, name, name)
	}
	if open {
		return hostility{name: name, from: n}, nil
	}
	return hostility{name: name, from: n, to: n}, nil
}

func hostileNames() []string {
	var names []string
	for _, h := range Hostilities() {
		names = append(names, h.Name)
	}
	return names
}

// befalls gives the name of the hostility where the n-th request meets it, "" where it does not.
func (h hostility) befalls(n uint64) string {
	if h.name == "" || n < h.from || h.to > 0 && n > h.to {
		return ""
	}
	return h.name
}

// mistreat does to a request what a hostility says; false ends the session.
func (s *session) mistreat(hostility string, message []byte) bool {
	const foreign = `<rpc-reply xmlns="` + baseNS + `" message-id="somebody-else-7"><data><private xmlns="urn:example:other">of somebody else</private></data></rpc-reply>`
	switch hostility {
	case "hangs":
		s.deaf = true
		return true
	case "hangs-in-reply":
		s.deaf = true
		return s.beginReply()
	case "closes":
		return false
	case "closes-in-reply":
		s.beginReply()
		return false
	case "disconnects":
		s.conn.Close()
		return false
	case "answers-twice":
		s.twice = true
		defer func() { s.twice = false }()
	case "answers-other":
		return s.sendRaw(wire.Append(nil, s.framing(), []byte(foreign)))
	case "answers-other-first":
		if !s.sendRaw(wire.Append(nil, s.framing(), []byte(foreign))) {
			return false
		}
	case "huge-error":
		return s.answerHuge(message)
	default:
		return s.flood(hostility)
	}
	return s.handle(message)
}

// beginReply sends a reply without its end.
func (s *session) beginReply() bool {
	const start = `<rpc-reply xmlns="` + baseNS + `" message-id="1"><data>`
	if s.framing() == wire.Chunked {
		return s.sendRaw([]byte("\n#" + strconv.Itoa(len(start)) + "\n" + start))
	}
	return s.sendRaw([]byte(start))
}

// hugeMessage is the length of the error-message of the hostility huge-error, in octets.
const hugeMessage = 100_000_000

func (s *session) answerHuge(message []byte) bool {
	root, startTag, err := parse(message)
	if err != nil {
		return s.handle(message)
	}
	return s.answer(newRequest(root, string(startTag)), failed(operationFailed(strings.Repeat("no ", hugeMessage/3+1)[:hugeMessage])))
}

// flood sends the same octets until the client has gone.
func (s *session) flood(hostility string) bool {
	octets := []byte(strings.Repeat("\x00garbage", 4<<10))
	switch hostility {
	case "floods-octets":
		text := strings.Repeat("and on ", 2<<10)
		octets = []byte(text)
		if s.framing() == wire.Chunked {
			octets = []byte("\n#" + strconv.Itoa(len(text)) + "\n" + text)
		}
		if !s.beginReply() {
			return false
		}
	case "floods-replies":
		octets = wire.Append(nil, s.framing(), []byte(`<rpc-reply xmlns="`+baseNS+`" message-id="flood"><ok/></rpc-reply>`))
	}
	for s.sendRaw(octets) {
	}
	return false
}

func (s *session) sendRaw(octets []byte) bool {
	_, err := s.channel.Write(octets)
	return err == nil
}
