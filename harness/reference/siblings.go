package reference

// siblings notes what one element of a config holds, to find what cannot stand together in a payload (RFC 7950 §8.3.1).
type siblings map[*node]bool

// take notes a node; false says that it may not be there: a leaf that has been given, or a node beside one of another
// case of its choice. What is taken away is beside nothing.
func (s siblings) take(schema *node, op string) bool {
	if s[schema] && schema.kind == leaf {
		return false
	}
	if op == "delete" || op == "remove" {
		return true
	}
	for other := range s {
		if excludes(schema, other) {
			return false
		}
	}
	s[schema] = true
	return true
}
