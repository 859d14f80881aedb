package target

import (
	"fmt"
	"regexp"
)

// Steps and keys of a fixture's path: a small part of XPath that names one node.
var (
	stepPattern = regexp.MustCompile(`^/(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)`)
	keyPattern  = regexp.MustCompile(`^\[\s*(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)\s*=\s*(?:'([^']*)'|"([^"]*)")\s*\]`)
)

// parsePath reads /p:name/p:name[p:key='value'] with the prefixes of bound. A
// step without prefix is in the namespace of the step before; a key is in that
// of its list.
func parsePath(text string, bound map[string]string) ([]Node, error) {
	var path []Node
	for rest := text; rest != ""; {
		m := stepPattern.FindStringSubmatch(rest)
		if m == nil {
			return nil, fmt.Errorf("cannot read %q: write steps such as /p:name or /p:name[key='value']", rest)
		}
		rest = rest[len(m[0]):]
		node := Node{Local: m[2]}
		var err error
		if node.Namespace, err = namespaceOf(m[1], path, bound); err != nil {
			return nil, fmt.Errorf("%s: %w", m[0], err)
		}
		for k := keyPattern.FindStringSubmatch(rest); k != nil; k = keyPattern.FindStringSubmatch(rest) {
			if k[1] != "" && bound[k[1]] != node.Namespace {
				return nil, fmt.Errorf("the key %s is not in the namespace of its list %s", k[0], node.Local)
			}
			node.Keys = append(node.Keys, Key{Name: k[2], Value: k[3] + k[4]})
			rest = rest[len(k[0]):]
		}
		path = append(path, node)
	}
	return path, nil
}

// namespaceOf resolves the prefix of the step that follows path.
func namespaceOf(prefix string, path []Node, bound map[string]string) (string, error) {
	if prefix == "" {
		if len(path) == 0 {
			return "", fmt.Errorf("the first step needs a prefix")
		}
		return path[len(path)-1].Namespace, nil
	}
	namespace, ok := bound[prefix]
	if !ok {
		return "", fmt.Errorf("the prefix %q is not bound: add it to namespaces", prefix)
	}
	return namespace, nil
}
