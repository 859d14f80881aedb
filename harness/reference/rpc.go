package reference

import (
	"strings"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/wire"
)

// request is an rpc as far as it could be read (RFC 6241 §4.1).
type request struct {
	root       *input
	prefix     string // of the rpc element with its colon, "" for none: the reply uses the same
	attributes []sentAttribute
	undeclared bool // the base namespace is not declared on rpc, so the reply has to
}

// handle takes one message after the hello; false ends the session.
func (s *session) handle(message []byte) bool {
	s.idle()
	if s.outdone() {
		root, startTag, err := parse(message)
		if err == nil {
			return s.answer(newRequest(root, string(startTag)), failed(plain(protocolLayer, "resource-denied", "another session is served")))
		}
	}
	if s.broken("broken-document-silences-old-session") && s.faults(message) != "" {
		s.deaf = true
		return true
	}
	if ignored, ends := s.misreceived(message); ignored || ends {
		return !ends
	}
	message = s.misparsed(message)
	if req, ok := s.tooLong(message); ok {
		return s.answer(req, failed(tooBig("the request is too long")))
	}
	if faults := s.faults(message); faults != "" {
		return s.answer(&request{undeclared: true}, s.notParsed(faults))
	}
	root, startTag, err := parse(message)
	if err != nil {
		return s.answer(&request{undeclared: true}, s.notParsed(err.Error()))
	}
	req := newRequest(root, string(startTag))
	s.busy.Store(req.is("get") || s.more)
	if len(message) > 512<<10 && s.broken("large-message-fails") {
		return s.answer(req, failed(operationFailed("the request failed")))
	}
	if s.profile.generic {
		return s.answer(req, s.generic())
	}
	r, last := s.execute(req)
	return s.answer(req, r) && !last
}

// faults gives what keeps the message from being a NETCONF message (RFC 6241 §3), "" for nothing. A byte order mark
// is legal XML, so it does not.
func (s *session) faults(message []byte) string {
	for _, f := range netconf.Check(message) {
		if f.Rule != netconf.ByteOrderMark {
			return f.Error()
		}
	}
	if s.misspelt(message) {
		return "this server knows no processing instructions"
	}
	return s.unreadable(message)
}

// generic is the only answer of the generic-error profile.
func (s *session) generic() reply { return failed(operationFailed("the request failed")) }

// notParsed is malformed-message, which old clients must not be sent (RFC 6241 Appendix A).
func (s *session) notParsed(why string) reply {
	if s.profile.generic {
		return s.generic()
	}
	if s.brokenToo("malformed-message-sent-to-old-clients", "old-server-sends-malformed-message") {
		return failed(malformed(why))
	}
	if s.framing() == wire.EndOfMessage {
		return failed(operationFailed(why).as(rpcLayer))
	}
	if s.broken("malformed-xml-answered-with-operation-failed") {
		return failed(operationFailed(why))
	}
	return failed(malformed(why))
}

func newRequest(root *input, startTag string) *request {
	element, attributes := readStartTag(startTag)
	req := &request{root: root, attributes: attributes}
	if prefix, _, qualified := strings.Cut(element, ":"); qualified {
		req.prefix = prefix + ":"
	}
	if root.ns != baseNS {
		req.giveBase()
	}
	return req
}

// giveBase binds the base namespace for the reply to a request that is not in it.
func (r *request) giveBase() {
	r.undeclared = true
	for _, a := range r.attributes {
		if a.name == "xmlns" {
			r.prefix, r.undeclared = "nc:", false
			r.attributes = append(r.attributes, sentAttribute{"xmlns:nc", baseNS, `"`})
			return
		}
	}
	r.prefix = ""
}

// execute carries a request out; last tells that the session ends with this reply.
func (s *session) execute(req *request) (r reply, last bool) {
	if req.root.name != base("rpc") && !s.junosRPC(req.root) {
		return s.notAnRPC(req.root), false
	}
	if !s.hasID(req.root) && !s.junosRPC(req.root) && !s.broken("missing-message-id-accepted") {
		return s.withoutID(req.root), false
	}
	if err := s.overwhelmed(req.root); err != nil {
		return failed(err), false
	}
	if len(req.root.children) == 0 && s.broken("empty-rpc-answered-with-ok") {
		return reply{}, false
	}
	op, err := s.operationOf(req.root)
	if err != nil {
		return failed(err), false
	}
	return s.invoke(op)
}

// notAnRPC answers a document that is well-formed and no rpc.
func (s *session) notAnRPC(root *input) reply {
	if root.ns != baseNS {
		return failed(s.unexpected(root))
	}
	return s.notParsed("a client sends rpc elements, not " + root.local)
}

// operationOf gives the one element inside rpc (RFC 6241 §4.1).
func (s *session) operationOf(rpc *input) (*input, *rpcError) {
	switch {
	case rpc.content() != "":
		if s.broken("text-in-rpc-ends-other-sessions") {
			s.srv.endOthers(s)
		}
		return nil, badElement(rpc, "rpc holds an operation, not text")
	case len(rpc.children) == 0:
		return nil, notSupported("rpc names no operation")
	case len(rpc.children) > 1 && s.broken("parameters-beside-operation-accepted") && !s.known(rpc.children[1]):
		rpc.children[0].children = append(rpc.children[0].children, rpc.children[1:]...)
	case len(rpc.children) > 1 && s.broken("second-operation-ignored"):
	case len(rpc.children) > 1:
		return nil, unknownElement(rpc.children[1])
	}
	if op := rpc.children[0]; op.ns == "urn:example:other" && s.broken("operation-of-any-namespace-served") {
		op.rename(baseNS)
	}
	return rpc.children[0], nil
}

// rename puts an element and all below it into a namespace.
func (in *input) rename(ns string) {
	in.ns = ns
	for _, c := range in.children {
		c.rename(ns)
	}
}

// invoke looks the operation up and runs it, once the user may use it.
func (s *session) invoke(in *input) (reply, bool) {
	op, ok := s.srv.operations[s.operationName(in)]
	if !ok && s.broken("unknown-operation-answered-with-ok") {
		return reply{}, false
	}
	if !ok && s.pretends(in) {
		return reply{}, false
	}
	if !ok {
		return failed(s.unknownOperation(in)), false
	}
	if err := s.misdenied(in); err != nil {
		return failed(err), false
	}
	unchecked := in.local == "copy-config" && (s.broken("copy-config-by-guest-not-checked") || s.broken("url-written-by-guest"))
	if op.privileged && s.restricted() && !unchecked {
		return failed(accessDenied(in.local)), false
	}
	return op.run(s, in), op.last && !s.alive() && !s.deaf
}

// known tells whether an element names an operation.
func (s *session) known(in *input) bool {
	_, ok := s.srv.operations[s.operationName(in)]
	return ok
}

func (s *session) unknownOperation(in *input) *rpcError {
	if !s.srv.knowsNamespace(in.ns) && !(s.profile.lenient && in.ns == "") {
		return s.unexpected(in)
	}
	return notSupported("this server has no operation " + in.local)
}
