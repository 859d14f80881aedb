package reference

// Profile is a way for the server to be.
type Profile struct{ Name, Summary string }

// Profiles lists the profiles that Options.Profile may name, the default first.
func Profiles() []Profile {
	return []Profile{
		{"full", "RFC 6241 with all its capabilities but url, partial locks, and session monitoring"},
		{"base10", "base:1.0 alone, as RFC 4741 and RFC 4742 have it"},
		{"base11", "as full, with base:1.1 alone"},
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

// ownModule makes a profile serve the reference module.
func ownModule(p profile) profile {
	p.schema = func() *node { return schemaRoot(referenceModule(), monitoringModule()) }
	p.config = referenceConfig
	p.operations = map[name]operation{{Namespace, "get-inventory"}: {run: (*session).getInventory}}
	return p
}

func fullProfile() profile {
	return ownModule(profile{
		capabilities: []string{base10URN, base11URN, urn + "writable-running:1.0", urn + "candidate:1.0",
			urn + "confirmed-commit:1.1", urn + "rollback-on-error:1.0", urn + "validate:1.1", urn + "startup:1.0",
			urn + "xpath:1.0", urn + "partial-lock:1.0", monitoringCapability, moduleCapability},
		candidate: true, writable: true, startup: true, validate: true, testOnly: true, confirmed: true,
		confirmed11: true, rollback: true, partialLock: true, xpath: true, monitoring: true,
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
			moduleCapability},
		candidate: true, writable: true, startup: true, validate: true, confirmed: true, rollback: true, old: true,
	})
}

func runningOnlyProfile() profile {
	return ownModule(profile{
		capabilities: []string{base11URN, urn + "writable-running:1.0", moduleCapability},
		writable:     true,
	})
}

// claims tells whether the server announces a capability.
func (p profile) claims(uri string) bool { return contains(p.capabilities, uri) }
