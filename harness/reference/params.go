package reference

import "strconv"

// The datastores (RFC 6241 §5.1).
const (
	running   = "running"
	candidate = "candidate"
	startup   = "startup"
)

const xmlNS = "http://www.w3.org/XML/1998/namespace"

// params are the parameters of an operation, each given once.
type params struct {
	op     *input
	values map[string]*input
}

// params reads the parameters of an operation. All are in the operation's own namespace; attributes are looked
// at here too, except those of filter.
func (s *session) params(op *input, allowed ...string) (params, *rpcError) {
	p := params{op, map[string]*input{}}
	if err := noAttributes(op); err != nil {
		return p, err
	}
	if op.content() != "" {
		return p, badElement(op, op.local+" holds parameters, not text")
	}
	for _, in := range op.children {
		if err := s.param(p, in, allowed); err != nil {
			return p, err
		}
	}
	return p, nil
}

func (s *session) param(p params, in *input, allowed []string) *rpcError {
	if !s.sameNamespace(in, p.op) && !s.broken("namespaces-of-parameters-ignored") {
		return s.unexpected(in)
	}
	if !contains(allowed, in.local) {
		if s.broken("unknown-parameters-ignored") {
			return nil
		}
		return unknownElement(in)
	}
	if p.values[in.local] != nil && !s.broken("last-of-two-parameters-taken") {
		return badElement(in, in.local+" is given twice")
	}
	p.values[in.local] = in
	if in.local == "filter" {
		return nil
	}
	return noAttributes(in)
}

// noAttributes refuses attributes where none is defined. Those of XML itself say nothing to NETCONF.
func noAttributes(in *input) *rpcError {
	for _, a := range in.attributes {
		if a.ns != xmlNS {
			return unknownAttribute(a.name, in)
		}
	}
	return nil
}

// required gives a parameter or the error that it is missing.
func (p params) required(local string) (*input, *rpcError) {
	if in := p.values[local]; in != nil {
		return in, nil
	}
	return nil, missingElement(name{p.op.ns, local}, p.op)
}

// text gives the text of a parameter, "" when it is not given.
func (p params) text(local string) (string, bool) {
	in := p.values[local]
	if in == nil {
		return "", false
	}
	return in.content(), true
}

// choose gives the value of an enumeration parameter, or what is taken when it is not given.
func (p params) choose(local, otherwise string, allowed ...string) (string, *rpcError) {
	value, given := p.text(local)
	if !given {
		return otherwise, nil
	}
	if !contains(allowed, value) {
		return "", invalidValue(p.values[local], strconv.Quote(value)+" is no value of "+local)
	}
	return value, nil
}

// number gives the value of a parameter between 1 and 4294967295.
func (s *session) number(in *input) (uint32, *rpcError) {
	bits := 32
	if s.broken("numbers-cut-to-32-bits") {
		bits = 64
	}
	n, err := strconv.ParseUint(in.content(), 10, bits)
	switch {
	case err == nil && uint32(n) != 0:
		return uint32(n), nil
	case s.broken("bad-number-answered-with-operation-failed"):
		return 0, operationFailed("this is no number")
	}
	return 0, invalidValue(in, strconv.Quote(in.content())+" is not within 1..4294967295")
}

// member gives the one child of source or target (RFC 6241 §7.1 to §7.5), which has to be among allowed.
func (s *session) member(p params, local string, allowed ...string) (*input, *rpcError) {
	in, err := p.required(local)
	if err != nil {
		return nil, err
	}
	if len(in.children) == 0 {
		if in.content() != "" {
			return nil, badElement(in, local+" holds the name of a datastore as an element")
		}
		return nil, missingElement(name{in.ns, allowed[0]}, in)
	}
	if len(in.children) > 1 && !s.ofTwo(p.op.local) {
		return nil, badElement(in.children[1], local+" holds one datastore")
	}
	chosen := in.children[0]
	if !s.sameNamespace(chosen, p.op) && !s.broken("namespaces-of-parameters-ignored") {
		return nil, s.unexpected(chosen)
	}
	if !contains(allowed, chosen.local) {
		return nil, unknownElement(chosen)
	}
	if !s.srv.hasDatastore(chosen.local) {
		return chosen, nil
	}
	return chosen, s.isEmpty(chosen)
}

// isEmpty refuses content inside an element that is there to be there, such as one that names a datastore.
func (s *session) isEmpty(in *input) *rpcError {
	if in == nil {
		return nil
	}
	if err := noAttributes(in); err != nil {
		return err
	}
	if len(in.children) > 0 {
		return unknownElement(in.children[0])
	}
	if in.content() != "" {
		return badElement(in, in.local+" holds nothing")
	}
	return nil
}

func contains(all []string, one string) bool {
	for _, s := range all {
		if s == one {
			return true
		}
	}
	return false
}
