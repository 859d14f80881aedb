package reference

import (
	"github.com/ncspec/ncspec/harness/wire"
)

// helloFrame gives the frame of the server's hello, which is right but for defects: end-of-message framing, nothing
// ahead of it and nothing behind.
func (s *session) helloFrame() *frameWriter {
	f := &frameWriter{out: s.channel, framing: wire.EndOfMessage, broken: s.broken}
	switch {
	case s.later("hello-as-extended-data"):
		f.out = s.channel.Stderr()
	case s.broken("banner-before-hello"):
		f.held = []byte("Welcome to the reference server\n")
	case s.later("hello-in-chunked-framing"), s.later("tls-hello-in-chunks"):
		f.framing = wire.Chunked
	case s.broken("hello-end-held-back"):
		f.end, s.owed = " ", wire.EndOfMessageMark
	}
	return f
}

// payDebt sends what should have gone out with the hello, now that the client has said something.
func (s *session) payDebt() bool {
	if s.broken("hello-waits-for-client") && !s.awaited {
		s.awaited = true
		return s.sendHello() == nil
	}
	owed := s.owed
	s.owed = ""
	_, err := s.channel.Write([]byte(owed))
	return err == nil
}

// replyFrame gives the frame of a reply, which is that of the session but for defects.
func (s *session) replyFrame(r reply) *frameWriter {
	f := &frameWriter{out: s.channel, framing: s.outputFraming(), broken: s.broken}
	s.replies++
	if s.broken("chunks-for-old-tls-client") {
		f.framing = wire.Chunked
	}
	if s.broken("framing-changes-back") && s.replies > 30 {
		f.framing = wire.EndOfMessage
	}
	if (s.broken("error-reply-without-end-mark") || s.broken("old-error-reply-without-end-mark")) && f.framing == wire.EndOfMessage && len(r.errors) > 0 {
		f.end = "\n"
	}
	return f
}
