package suites

import (
	"context"
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// Namespaces of the state data in which servers tell what they consist of.
const (
	libraryNamespace    = "urn:ietf:params:xml:ns:yang:ietf-yang-library"       // RFC 7895, RFC 8525
	monitoringNamespace = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring" // RFC 6022
	systemNamespace     = "urn:ietf:params:xml:ns:yang:ietf-system"             // RFC 7317
)

// stock is what a server consists of, as it tells itself.
type stock struct {
	modules  []string // name@revision
	software string   // and its version
}

// takeStock asks for the modules and the software: one read of state data, of models that the server claims to have. What
// it does not tell stays unknown, and nobody is blamed.
func (j *journey) takeStock(ctx context.Context, s *session.Session) {
	for _, c := range j.run.Claims {
		j.stock.modules = append(j.stock.modules, c.Module())
	}
	if filter := stockFilter(j.run.Claims); filter != "" && !s.HasEnded() {
		within, cancel := context.WithTimeout(ctx, j.run.Grace())
		defer cancel()
		if reply := s.RPC(within, netconf.Get(filter)); reply.Outcome == session.Answered && reply.Data != nil {
			j.stock.read(reply.Data)
		}
	}
	j.stock.modules = settled(j.stock.modules)
	j.stock.software = j.run.Redactor.Text(j.stock.software)
}

// stockFilter asks for what the server claims: its YANG library, else the schemas that it monitors, and its platform. A
// server with a YANG library need not name its modules in the hello (RFC 7950 §5.6.4), so it may have a platform.
func stockFilter(claims netconf.Capabilities) string {
	filter := ""
	library := claims.Has("yang-library") || claims.Has(libraryNamespace)
	switch {
	case library:
		filter += `<modules-state xmlns="` + libraryNamespace + `"><module><name/><revision/></module></modules-state>` +
			`<yang-library xmlns="` + libraryNamespace + `"><module-set><name/><module><name/><revision/></module></module-set></yang-library>`
	case claims.Has(monitoringNamespace):
		filter += `<netconf-state xmlns="` + monitoringNamespace + `"><schemas/></netconf-state>`
	}
	if library || claims.Has(systemNamespace) {
		filter += `<system-state xmlns="` + systemNamespace + `"><platform/></system-state>`
	}
	return filter
}

// read takes what the answer tells.
func (k *stock) read(data *xmlquery.Node) {
	modules := append(below(data, libraryNamespace, "modules-state", "module"), below(data, libraryNamespace, "yang-library", "module-set", "module")...)
	for _, m := range modules {
		k.add(leaf(m, "name"), leaf(m, "revision"))
	}
	for _, m := range below(data, monitoringNamespace, "netconf-state", "schemas", "schema") {
		k.add(leaf(m, "identifier"), leaf(m, "version"))
	}
	for _, platform := range below(data, systemNamespace, "system-state", "platform") {
		var parts []string
		for _, name := range []string{"os-name", "os-release", "os-version"} {
			if text := leaf(platform, name); text != "" && !slices.Contains(parts, text) {
				parts = append(parts, text)
			}
		}
		k.software = strings.Join(parts, " ")
	}
}

func (k *stock) add(name, revision string) {
	if name != "" && revision != "" {
		name += "@" + revision
	}
	k.modules = append(k.modules, name)
}

// below gives the elements at the end of a path of elements in one namespace.
func below(n *xmlquery.Node, namespace string, path ...string) []*xmlquery.Node {
	if len(path) == 0 {
		return []*xmlquery.Node{n}
	}
	var found []*xmlquery.Node
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == xmlquery.ElementNode && child.Data == path[0] && child.NamespaceURI == namespace {
			found = append(found, below(child, namespace, path[1:]...)...)
		}
	}
	return found
}

// leaf gives the text of a child in the namespace of its parent.
func leaf(n *xmlquery.Node, name string) string {
	for _, found := range below(n, n.NamespaceURI, name) {
		return strings.Join(strings.Fields(found.InnerText()), " ")
	}
	return ""
}

// settled puts modules in order, each once; a name without revision is left out where the revision is told elsewhere.
func settled(modules []string) []string {
	slices.Sort(modules)
	modules = slices.Compact(modules)
	revised := map[string]bool{}
	for _, m := range modules {
		if name, _, told := strings.Cut(m, "@"); told {
			revised[name] = true
		}
	}
	return slices.DeleteFunc(modules, func(m string) bool { return m == "" || revised[m] })
}
