package reference

import "io"

// reply is what the server answers: errors, or a body, or neither, which is ok (RFC 6241 §4.2, §4.4).
type reply struct {
	errors []*rpcError
	body   func(*xmlWriter)
}

func failed(errors ...*rpcError) reply { return reply{errors: errors} }

// dataReply answers get and get-config; the elements are written as they stand, never copied.
func dataReply(elements []*element) reply {
	return reply{body: func(x *xmlWriter) {
		x.open("data")
		x.data(elements, baseNS)
		x.close("data")
	}}
}

// writeReply writes a whole rpc-reply. Attributes and prefix of the request are given back as they were sent.
func (s *session) writeReply(out io.Writer, req *request, r reply) error {
	x := newXMLWriter(out, req.prefix)
	x.raw(s.prolog())
	x.open("rpc-reply", s.replyAttributes(req, r)...)
	for _, e := range r.errors {
		s.writeError(x, s.misshaped(s.blemished(e)))
	}
	if r.body != nil {
		r.body(x)
	}
	if r.body == nil && len(r.errors) == 0 || r.body != nil && req.is("get") && s.broken("get-reply-ends-with-ok") {
		x.empty("ok")
	}
	x.close("rpc-reply")
	return x.out.Flush()
}

// replyAttributes gives back all attributes of the rpc, namespace declarations included (RFC 6241 §4.1).
func (s *session) replyAttributes(req *request, r reply) []string {
	var attributes []string
	for _, a := range req.attributes {
		if a, kept := s.returned(req, r, a); kept {
			attributes = append(attributes, a.String())
		}
	}
	if req.undeclared {
		attributes = append(attributes, `xmlns="`+baseNS+`"`)
	}
	return attributes
}
