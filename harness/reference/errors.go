package reference

import "strconv"

// The layers of error-type (RFC 6241 §4.3).
const (
	rpcLayer         = "rpc"
	protocolLayer    = "protocol"
	applicationLayer = "application"
)

// rpcError is one rpc-error. The functions below make those that the server sends, as Appendix A has them.
type rpcError struct {
	layer, tag, appTag string
	path               []step // nil: no node can be associated
	message            string // in English
	info               []info // in the order of Appendix B
}

// step is one step of an error-path.
type step struct {
	name
	keys []keyValue
}

type keyValue struct {
	name
	value string
}

// info is one child of error-info, holding a name, a path or a text.
type info struct {
	element string
	ns      string // "" is the base namespace
	name    name
	path    []step
	text    string
}

// as gives the error for another layer; Appendix A lets some tags occur in several.
func (e *rpcError) as(layer string) *rpcError {
	e.layer = layer
	return e
}

// at gives the error with an error-path.
func (e *rpcError) at(path []step) *rpcError {
	e.path = path
	return e
}

func plain(layer, tag, message string) *rpcError {
	return &rpcError{layer: layer, tag: tag, message: message}
}

func malformed(why string) *rpcError { return plain(rpcLayer, "malformed-message", why) }

func missingAttribute(attribute, element name) *rpcError {
	e := plain(rpcLayer, "missing-attribute", "attribute "+attribute.local+" is missing")
	e.info = []info{{element: "bad-attribute", name: attribute}, {element: "bad-element", name: element}}
	return e
}

func unknownAttribute(attribute name, in *input) *rpcError {
	e := plain(protocolLayer, "unknown-attribute", "attribute "+attribute.local+" has no meaning here")
	e.info = []info{{element: "bad-attribute", name: attribute}, {element: "bad-element", name: in.name}}
	return e
}

func badAttribute(attribute name, in *input, why string) *rpcError {
	e := plain(protocolLayer, "bad-attribute", why)
	e.info = []info{{element: "bad-attribute", name: attribute}, {element: "bad-element", name: in.name}}
	return e
}

func missingElement(missing name, below *input) *rpcError {
	e := plain(protocolLayer, "missing-element", "element "+missing.local+" is missing").at(below.path())
	e.info = []info{{element: "bad-element", name: missing}}
	return e
}

func badElement(in *input, why string) *rpcError {
	e := plain(protocolLayer, "bad-element", why).at(in.path())
	e.info = []info{{element: "bad-element", name: in.name}}
	return e
}

func unknownElement(in *input) *rpcError {
	e := plain(protocolLayer, "unknown-element", "element "+in.local+" has no meaning here").at(in.path())
	e.info = []info{{element: "bad-element", name: in.name}}
	return e
}

// unexpected is unknown-namespace where no module has an element's namespace, else unknown-element: without any namespace
// there is none to name.
func (s *session) unexpected(in *input) *rpcError {
	if in.ns == "" || s.srv.knowsNamespace(in.ns) {
		return unknownElement(in)
	}
	return unknownNamespace(in)
}

func unknownNamespace(in *input) *rpcError {
	e := plain(protocolLayer, "unknown-namespace", "no module of this server has namespace "+in.ns).at(in.path())
	e.info = []info{{element: "bad-element", name: in.name}, {element: "bad-namespace", text: in.ns}}
	return e
}

func invalidValue(in *input, why string) *rpcError {
	return plain(protocolLayer, "invalid-value", why).at(in.path())
}

func notSupported(why string) *rpcError { return plain(protocolLayer, "operation-not-supported", why) }

func operationFailed(why string) *rpcError { return plain(protocolLayer, "operation-failed", why) }

func accessDenied(operation string) *rpcError {
	return plain(protocolLayer, "access-denied", "you may not use "+operation)
}

func inUse(why string) *rpcError { return plain(protocolLayer, "in-use", why) }

// lockDenied names the holder by its session-id, 0 for one outside NETCONF (RFC 6241 §7.5).
func lockDenied(holder uint32) *rpcError {
	e := plain(protocolLayer, "lock-denied", "the lock is held by another")
	e.info = []info{{element: "session-id", text: strconv.FormatUint(uint64(holder), 10)}}
	return e
}

func dataExists(path []step) *rpcError {
	return plain(applicationLayer, "data-exists", "the data is there already").at(path)
}

func dataMissing(path []step) *rpcError {
	return plain(applicationLayer, "data-missing", "the data is not there").at(path)
}
