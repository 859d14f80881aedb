package target

import "strings"

// Model is a data model of the shape that probes of filters, edits and errors need, on a target that serves it:
//
//	top
//	  users / user (list, key name: root, fred, barney): type (superuser, admin), full-name, company-info: dept, id
//	  interface (list, key name: eth0, eth1): mtu (256..9192), description
//
// The reference server's own module has it (harness/reference/yang). All that is below top belongs to the fixture: a
// run may change it, and puts it back.
type Model struct {
	// Namespace is that of top and of all below it.
	Namespace string
}

// Top wraps content, XML in the model's namespace, into top. attributes is what top's start tag holds beside the
// namespace, such as an operation; "" none.
func (m *Model) Top(content string, attributes ...string) string {
	tag := `top xmlns="` + m.Namespace + `"`
	if text := strings.TrimSpace(strings.Join(attributes, " ")); text != "" {
		tag += " " + text
	}
	if content == "" {
		return "<" + tag + "/>"
	}
	return "<" + tag + ">" + content + "</top>"
}

// Users wraps content into top and users.
func (m *Model) Users(content string) string { return m.Top("<users>" + content + "</users>") }

// Namespaces binds the prefix t, with which expressions name the model's nodes.
func (m *Model) Namespaces() map[string]string { return map[string]string{"t": m.Namespace} }
