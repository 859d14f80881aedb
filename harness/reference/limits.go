package reference

import (
	"bytes"
	"encoding/xml"
)

// The limits of a server that is not given any. Appendix A of RFC 6241 has errors for what lies beyond.
const (
	defaultMaxRequest  = 16 << 20
	defaultMaxData     = 16 << 20
	defaultMaxSessions = 50
)

// tooLong tells whether a request is too long to be looked at, and gives as much of it as the reply needs.
func (s *session) tooLong(message []byte) (*request, bool) {
	if int64(len(message)) <= s.longest() {
		return nil, false
	}
	decoder := xml.NewDecoder(bytes.NewReader(message))
	for {
		begin := decoder.InputOffset()
		token, err := decoder.Token()
		if err != nil {
			return &request{undeclared: true}, true
		}
		if t, ok := token.(xml.StartElement); ok {
			return newRequest(newInput(t, nil), string(message[begin:decoder.InputOffset()])), true
		}
	}
}

// tooBig refuses what is too long to be handled (RFC 6241 Appendix A).
func tooBig(why string) *rpcError { return plain(protocolLayer, "too-big", why) }

// tooMuchData refuses a configuration that is larger than the server can keep (RFC 6241 Appendix A).
func (s *session) tooMuchData(data *element) *rpcError {
	if octets(data) <= s.srv.options.MaxData {
		return nil
	}
	return plain(applicationLayer, "resource-denied", "a configuration of this size cannot be kept")
}

// octets is what a tree takes, counted in octets of names and values.
func octets(e *element) int64 {
	all := int64(len(e.schema.name) + len(e.value))
	for _, c := range e.children {
		all += octets(c)
	}
	return all
}

// full tells whether as many sessions are open as the server takes.
func (s *Server) full() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sessions) >= s.options.MaxSessions
}
