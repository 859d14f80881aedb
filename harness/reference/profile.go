package reference

import "strings"

// Profile is a way for the server to be.
type Profile struct{ Name, Summary string }

// Profiles lists the profiles that Options.Profile may name, the default first.
func Profiles() []Profile {
	return []Profile{
		{"full", "RFC 6241 with all its capabilities, partial locks, and session monitoring"},
		{"base10", "base:1.0 alone, as RFC 4741 and RFC 4742 have it"},
		{"base11", "as full, with base:1.1 alone"},
		{"private-candidate", "as full, with a candidate for each session"},
		{"candidate-only", "base:1.0 and 1.1 with a candidate and validate, and no other capability"},
		{"running-only", "base:1.1 with writable-running and without a candidate"},
		{"junos", "speaks as the server of the documented session does"},
		{"stub", "says hello, then ends every session at its first input"},
		{"generic-error", "answers everything with operation-failed"},
	}
}

// profile is what the server claims and therefore does.
type profile struct {
	capabilities []string
	candidate    bool
	writable     bool // running may be edited
	startup      bool
	validate     bool
	testOnly     bool // validate:1.1
	confirmed    bool // confirmed-commit of any version
	confirmed11  bool
	rollback     bool
	partialLock  bool
	xpath        bool
	private      bool     // each session has a candidate of its own
	schemes      []string // of url; none without that capability
	monitoring   bool
	old          bool // RFC 4741 counts
	lenient      bool // takes an rpc without namespace, also without message-id, as Junos does
	stub         bool
	generic      bool
	schema       func() *node
	config       func(*node) *element
	operations   map[name]operation
}

const (
	base10URN = "urn:ietf:params:netconf:base:1.0"
	base11URN = "urn:ietf:params:netconf:base:1.1"
	urn       = "urn:ietf:params:netconf:capability:"

	moduleCapability = Namespace + "?module=" + moduleName + "&revision=" + moduleRevision
)

// profileNamed gives a profile; ok is false for a name that is none.
func profileNamed(name string) (p profile, ok bool) {
	switch name {
	case "", "full":
		return fullProfile(), true
	case "base10":
		return base10Profile(), true
	case "base11":
		return base11Profile(), true
	case "private-candidate":
		p = fullProfile()
		p.private = true
		return p, true
	case "candidate-only":
		return candidateOnlyProfile(), true
	case "running-only":
		return runningOnlyProfile(), true
	case "junos":
		return junosProfile(), true
	case "stub":
		p = fullProfile()
		p.stub = true
		return p, true
	case "generic-error":
		p = fullProfile()
		p.generic = true
		return p, true
	}
	return profile{}, false
}

// ownModule makes a profile serve the reference module and what stands beside it.
func ownModule(p profile) profile {
	p.capabilities = append(p.capabilities, moduleCapability, siteCapability, LegacyNamespace)
	if !p.old {
		p.capabilities = append(p.capabilities, p.protocolModule())
	}
	p.schema = func() *node { return schemaRoot(referenceModule(), siteModule(), legacyModel(), monitoringModule()) }
	p.config = referenceConfig
	p.operations = map[name]operation{{Namespace, "get-inventory"}: {run: (*session).getInventory}}
	return p
}

func fullProfile() profile {
	return ownModule(profile{
		capabilities: []string{base10URN, base11URN, urn + "writable-running:1.0", urn + "candidate:1.0",
			urn + "confirmed-commit:1.1", urn + "rollback-on-error:1.0", urn + "validate:1.1", urn + "startup:1.0",
			urn + "xpath:1.0", urn + "url:1.0?scheme=file,http", urn + "partial-lock:1.0", monitoringCapability},
		candidate: true, writable: true, startup: true, validate: true, testOnly: true, confirmed: true,
		confirmed11: true, rollback: true, partialLock: true, xpath: true, monitoring: true,
		schemes: []string{"file", "http"},
	})
}

func base11Profile() profile {
	p := fullProfile()
	p.capabilities = without(p.capabilities, base10URN)
	return p
}

func base10Profile() profile {
	return ownModule(profile{
		capabilities: []string{base10URN, urn + "writable-running:1.0", urn + "candidate:1.0",
			urn + "confirmed-commit:1.0", urn + "rollback-on-error:1.0", urn + "validate:1.0", urn + "startup:1.0",
			urn + "xpath:1.0"},
		candidate: true, writable: true, startup: true, validate: true, confirmed: true, rollback: true, xpath: true,
		old: true,
	})
}

func candidateOnlyProfile() profile {
	return ownModule(profile{
		capabilities: []string{base10URN, base11URN, urn + "candidate:1.0", urn + "validate:1.1"},
		candidate:    true, validate: true, testOnly: true,
	})
}

func runningOnlyProfile() profile {
	return ownModule(profile{
		capabilities: []string{base11URN, urn + "writable-running:1.0"},
		writable:     true,
	})
}

// claims tells whether the server announces a capability.
func (p profile) claims(uri string) bool { return contains(p.capabilities, uri) }

// protocolModule is the capability of ietf-netconf, with a feature for each capability that it has one for
// (RFC 6241 Appendix C).
func (p profile) protocolModule() string {
	features := ""
	for _, feature := range []string{"writable-running:1.0", "candidate:1.0", "confirmed-commit:1.1", "rollback-on-error:1.0",
		"validate:1.1", "startup:1.0", "url:1.0", "xpath:1.0"} {
		for _, claimed := range p.capabilities {
			if base, _, _ := strings.Cut(claimed, "?"); base == urn+feature {
				features += "," + strings.Split(feature, ":")[0]
			}
		}
	}
	return baseNS + "?module=ietf-netconf&revision=2011-06-01&features=" + strings.TrimPrefix(features, ",")
}
