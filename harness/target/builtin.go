package target

import (
	"slices"

	"github.com/ncspec/ncspec/harness/netconf"
)

// Namespaces of the modules that built-in fixtures are for.
const (
	referenceNamespace  = "http://ncspec.example/ns/reference"
	junosCapability     = "http://xml.juniper.net/netconf/junos/1.0"
	junosNamespace      = "http://xml.juniper.net/xnm/1.1/xnm"
	systemNamespace     = "urn:ietf:params:xml:ns:yang:ietf-system"
	interfacesNamespace = "urn:ietf:params:xml:ns:yang:ietf-interfaces"
)

// profile is a built-in fixture, and the capability that asks for it.
type profile struct {
	capability string
	fixture    *Fixture
}

// profiles lists the built-in fixtures, those that fit best first.
func profiles() []profile {
	return []profile{
		{referenceNamespace, referenceFixture()},
		{junosCapability, junosFixture()},
		{systemNamespace, systemFixture()},
		{interfacesNamespace, interfacesFixture()},
	}
}

// BuiltIn is the fixture for a server whose hello claims c: its own module if
// it is ours, Junos, ietf-system, ietf-interfaces, in this order. It is nil if
// the hello names none of these.
func BuiltIn(c netconf.Capabilities) *Fixture {
	for _, p := range profiles() {
		if c.Has(p.capability) {
			return p.fixture
		}
	}
	return nil
}

// Profiles lists the names of the built-in fixtures, as `profile` in a target
// file has them.
func Profiles() []string {
	var names []string
	for _, p := range profiles() {
		names = append(names, p.fixture.Name)
	}
	return names
}

// profileFixture is the built-in fixture with that name, nil if there is none.
func profileFixture(name string) *Fixture {
	all := profiles()
	i := slices.IndexFunc(all, func(p profile) bool { return p.fixture.Name == name })
	if i < 0 {
		return nil
	}
	return all[i].fixture
}

// values are what built-in leaves are set to: no device has them already.
func values() [2]string { return [2]string{"ncspec-a", "ncspec-b"} }

// elements makes a path of elements in one namespace.
func elements(namespace string, locals ...string) []Node {
	var path []Node
	for _, local := range locals {
		path = append(path, Node{Namespace: namespace, Local: local})
	}
	return path
}

// entry gives the last node of path a key leaf "name".
func entry(path []Node, name string) []Node {
	path[len(path)-1].Keys = []Key{{Name: "name", Value: name}}
	return path
}

func referenceFixture() *Fixture {
	return &Fixture{
		Name:  "reference",
		Model: &Model{Namespace: referenceNamespace},
		Leaf:  &Leaf{Path: elements(referenceNamespace, "system", "contact"), Values: values()},
		List: &List{Path: entry(elements(referenceNamespace, "system", "login", "class"), "network-mgmt"),
			Body: "<permissions>configure</permissions><permissions>snmp</permissions>"},
		TextLeaf:   true,
		Constraint: referenceConstraint(),
		Hidden:     referenceHidden(),
	}
}

// junosFixture writes what the documented session writes, and the login
// message, which harms nobody.
func junosFixture() *Fixture {
	return &Fixture{
		Name: "junos",
		Leaf: &Leaf{Path: elements(junosNamespace, "configuration", "system", "login", "message"), Values: values()},
		List: &List{Path: entry(elements(junosNamespace, "configuration", "system", "login", "class"), "network-mgmt"),
			Body: "<permissions>configure</permissions><permissions>snmp</permissions>"},
	}
}

// systemFixture has no list: each list of ietf-system (RFC 7317) changes how
// the device resolves names, keeps time or lets people in.
func systemFixture() *Fixture {
	return &Fixture{
		Name:     "ietf-system",
		Leaf:     &Leaf{Path: elements(systemNamespace, "system", "contact"), Values: values()},
		TextLeaf: true,
	}
}

// interfacesFixture has no leaf: which interfaces exist is known at run time
// only. The entry is a loopback, which carries nothing.
func interfacesFixture() *Fixture {
	return &Fixture{
		Name: "ietf-interfaces",
		List: &List{Path: entry(elements(interfacesNamespace, "interfaces", "interface"), "ncspec0"),
			Body: `<type xmlns:ianaift="urn:ietf:params:xml:ns:yang:iana-if-type">ianaift:softwareLoopback</type>`},
	}
}
