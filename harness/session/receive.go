package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"time"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/wire"
)

const (
	// keep bounds the octets of one frame that a recording holds.
	keep = 4 << 20
	// helloLimit bounds a hello: one that is longer is taken for a flood.
	helloLimit = 8 << 20
	// messageLimit bounds a message, what belongs to none, and what nobody asked for: specs hold replies in memory.
	messageLimit = 64 << 20
)

// receive waits for one more message for as long as ctx lasts. Once the server has ended the session it gives why.
func (s *Session) receive(ctx context.Context) (Message, error) {
	for {
		if m, complete := s.decode(); complete {
			return m, nil
		}
		if s.ended != nil {
			return Message{}, s.ended
		}
		seg, err := s.await(ctx)
		if err != nil {
			return Message{}, err
		}
		if seg.err != nil {
			s.finish(seg)
			continue
		}
		s.rest, s.restAt = seg.octets, seg.at
	}
}

// await waits for what the server sends next, and tells how long that took.
func (s *Session) await(ctx context.Context) (segment, error) {
	if s.config.Waited == nil {
		return s.source.next(ctx)
	}
	began := time.Now()
	defer func() { s.config.Waited(time.Since(began)) }()
	return s.source.next(ctx)
}

// decode goes on until a message is complete or nothing is left to decode.
func (s *Session) decode() (Message, bool) {
	for len(s.rest) > 0 && s.ended == nil {
		if len(s.frame) == 0 {
			s.offset = s.decoder.Offset()
		}
		n, event := s.decoder.Decode(s.rest)
		if room := keep - len(s.frame); room > 0 {
			s.frame = append(s.frame, s.rest[:min(n, room)]...)
		}
		s.rest = s.rest[n:]
		switch event.Kind {
		case wire.Data:
			s.message.add(event.Data)
		case wire.Violated:
			s.violated(*event.Violation)
		case wire.End:
			return s.complete(), true
		}
		s.mindLimits()
	}
	return Message{}, false
}

// mindLimits gives up on a session whose octets can no longer be told apart, or whose message has no end.
func (s *Session) mindLimits() {
	limit := messageLimit
	if s.hello == nil {
		limit = helloLimit
	}
	switch {
	case s.decoder.Stopped():
		s.giveUp(fmt.Sprintf("sent %d octets and more that belong to no message", int64(messageLimit)))
	case s.message.length > limit:
		s.giveUp(fmt.Sprintf("sent %d octets of one message, and ncspec takes %d", s.message.length, limit))
	}
}

// giveUp ends the session at our end, as the server sends more than can be taken.
func (s *Session) giveUp(what string) {
	s.trouble("%s", what)
	why := &TooMuch{What: "the server " + what}
	s.record()
	s.rest, s.message, s.ended, s.endedAt = nil, gathered{}, why, s.config.Now()
	if s.config.Witness != nil {
		s.config.Witness.Ended(s, why.Error())
	}
}

func (s *Session) violated(v wire.Violation) {
	s.Note("framing: %v", &v)
	// Behind these two the decoder knows what was meant.
	s.doubtful = s.doubtful || v.Rule != wire.LeadingZero && v.Rule != wire.ZeroSize
	if s.config.Witness != nil && !s.guessed {
		s.config.Witness.Violated(s, v)
	}
}

// complete makes a message of what was decoded and shows it to everybody concerned.
func (s *Session) complete() Message {
	m := Message{Octets: s.message.take(), Frame: s.frame, Offset: s.offset, Framing: s.decoder.Framing(),
		Deviated: s.deviated, Doubtful: s.doubtful, At: s.restAt}
	s.record()
	s.doubtful = false
	m.Document, m.Faults = s.parse(m.Octets)
	s.assign(&m)
	if s.config.Witness != nil {
		s.config.Witness.Received(s, m)
	}
	if m.Request == nil {
		s.strayed(&m)
	}
	return m
}

var helloStart = regexp.MustCompile(`<\?xml|<(?:[\pL_][\pL\pN._-]*:)?hello[\s/>]`)

// parse reads a message as XML. What a server says ahead of the XML of its first message is skipped, as RFC 4742 §3 asks
// of a client: one check of the hello suite judges it, and all others can go on.
func (s *Session) parse(octets []byte) (*netconf.Document, []netconf.Fault) {
	document, faults := netconf.Parse(octets)
	first := len(s.others)+len(s.replies) == 0
	if at := helloStart.FindIndex(octets); document == nil && first && at != nil {
		return netconf.Parse(octets[at[0]:])
	}
	return document, faults
}

// record puts the octets gathered for one frame on the tape.
func (s *Session) record() {
	if s.config.Tape != nil && len(s.frame) > 0 {
		s.config.Tape.Received(s.config.Name, s.decoder.Framing(), s.frame, s.restAt)
	}
	s.frame = nil
}

// assign finds the request that a message answers: the first with its message-id, else the first still open
// (RFC 6241 §4.2, §4.5), unless it is there already. Whether the id was right is for a monitor to judge.
func (s *Session) assign(m *Message) {
	reply, err := parseReply(m.Document)
	if err != nil {
		s.others = append(s.others, *m)
		return
	}
	r := &Reply{Reply: reply, Outcome: Answered, Message: *m}
	if i := s.match(r); i >= 0 {
		s.answered(r, s.pending[i])
		m.Request = r.Request
	} else {
		s.unasked(r)
	}
	s.replies = append(s.replies, r)
}

// answered takes a reply for the answer to a request.
func (s *Session) answered(r *Reply, sent *Sent) {
	s.forget(sent)
	// A reply may be there before the write has returned.
	r.Request, r.elapsed, sent.reply = sent, max(r.Message.At.Sub(sent.at), time.Nanosecond), r
	r.Message.Request = sent
	s.misdirected(r)
}

func parseReply(d *netconf.Document) (*netconf.Reply, error) {
	if d == nil {
		return nil, errors.New("not a document")
	}
	return netconf.ParseReply(d)
}

func (s *Session) match(reply *Reply) int {
	for i, sent := range s.pending {
		if reply.HasMessageID && sent.MessageID == reply.MessageID {
			return i
		}
	}
	if len(s.pending) > 0 && !s.repeats(reply) {
		return 0
	}
	return -1
}

// finish notes the end of the stream.
func (s *Session) finish(seg segment) {
	s.cutOff()
	if v := s.decoder.Finish(); v != nil {
		s.violated(*v)
	}
	s.record()
	s.message, s.endedAt = gathered{}, seg.at
	s.ended = seg.err
	s.Note("the server ended the session (%s)", s.how())
	if s.config.Witness != nil {
		s.config.Witness.Ended(s, s.how())
	}
}

// how names the server's end as the transport saw it.
func (s *Session) how() string {
	if how := s.stream.Ended(); how != "" {
		return how
	}
	if s.ended != nil && !errors.Is(s.ended, io.EOF) {
		return s.ended.Error()
	}
	return "eof"
}

// drain decodes what has arrived already, so that the monitors see what no spec has waited for.
func (s *Session) drain() {
	for {
		if _, complete := s.decode(); complete {
			continue
		}
		if s.ended != nil {
			return
		}
		select {
		case seg, open := <-s.source.segments:
			if !open {
				return
			}
			if seg.err != nil {
				s.finish(seg)
				return
			}
			s.rest, s.restAt = seg.octets, seg.at
		default:
			s.record()
			return
		}
	}
}
