package reference

import "strings"

// misclaimed changes what the hello claims, where the server is broken.
func (s *session) misclaimed(claims []string) []string {
	switch {
	case s.broken("capability-without-authority"):
		return append(without(claims), "private:///extensions")
	case s.broken("feature-without-capability"):
		return append(without(claims, s.profile.protocolModule()), strings.TrimSuffix(s.profile.protocolModule(), ",xpath"))
	case s.broken("model-not-announced"):
		return without(claims, LegacyNamespace)
	case s.broken("capability-shorthand-announced"):
		return append(without(claims), "candidate:1.0")
	case s.broken("startup-capability-misspelt"):
		return append(without(claims, urn+"startup:1.0"), urn+"start-up:1.0")
	case s.broken("writable-running-capability-misspelt"):
		return append(without(claims, urn+"writable-running:1.0"), urn+"writeable-running:1.0")
	case s.broken("validate-capability-misspelt"):
		return append(without(claims, urn+"validate:1.1"), "urn:ietf:params:ns:netconf:capability:validate:1.1")
	case s.broken("url-capability-without-schemes"):
		return append(without(claims, urn+"url:1.0?scheme=file,http"), urn+"url:1.0")
	case s.broken("old-base-capability-misspelt"):
		return append(without(claims, base10URN), "urn:ietf:params:xml:ns:netconf:base:1.0")
	}
	return claims
}

// misdenied refuses an operation that the server has claimed, where it is broken.
func (s *session) misdenied(in *input) *rpcError {
	switch {
	case in.local == "validate" && s.broken("validate-claimed-and-unknown"),
		in.local == "copy-config" && s.broken("copy-config-unknown"):
		err := plain(protocolLayer, "unknown-element", "there is no such operation")
		err.info = []info{{element: "bad-element", name: in.name}}
		return err
	}
	return nil
}

// misgreeted tells whether a broken server ends the session for what a client announces, or takes it for more than it is.
func (s *session) misgreeted(versions []string) (ends bool, read []string) {
	for _, v := range versions {
		short := strings.TrimPrefix(v, ":") == "base:1.1"
		switch {
		case strings.Contains(v, "frobnicate") && s.broken("unknown-client-capability-ends-session"):
			return true, nil
		case short && s.broken("shorthand-of-client-understood"):
			read = append(read, base11URN)
		case v == base11URN && s.broken("old-server-refuses-newer-client"):
			return true, nil
		}
	}
	return false, append(versions, read...)
}
