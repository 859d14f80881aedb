package format

import (
	"regexp"
	"slices"
	"time"

	"github.com/goccy/go-yaml/ast"
)

const (
	namePattern   = `^[a-z][a-z0-9]*(-[a-z0-9]+)*$`
	prefixPattern = `^[A-Za-z_][A-Za-z0-9_.-]*$`
	coversPattern = `^rfc[0-9]+-[0-9A-Z][0-9A-Za-z.]*-[a-z0-9.-]+$`
)

var (
	nameShape       = regexp.MustCompile(namePattern)
	prefixShape     = regexp.MustCompile(prefixPattern)
	coversShape     = regexp.MustCompile(coversPattern)
	fixturePrefixes = regexp.MustCompile(`^f[0-9]+$`)
)

// transcript reads the whole file. Steps are checked last, when sessions and namespaces are known wherever they stand.
func (r *reader) transcript(root ast.Node) *Transcript {
	t := &Transcript{File: r.file, Namespaces: map[string]string{"nc": BaseNamespace}}
	var id, steps ast.Node
	recording := hasKey(root, "started")
	r.fields(root, "a transcript", []field{
		{"format", true, func(n ast.Node) { r.oneOf(n, "format", []string{Name}) }},
		{"id", true, func(n ast.Node) { id = n; t.ID, _ = r.word(n, "id") }},
		{"title", true, func(n ast.Node) { t.Title, _ = r.word(n, "title") }},
		{"source", false, func(n ast.Node) { t.Source, _ = r.word(n, "source") }},
		{"target", false, func(n ast.Node) { r.recorded(t, n, recording).Target, _ = r.text(n, "target") }},
		{"started", false, func(n ast.Node) { r.recorded(t, n, recording).Started = r.instant(n) }},
		{"needs", false, func(n ast.Node) { t.Needs = r.needs(n) }},
		{"touches", true, func(n ast.Node) { t.Touches = r.oneOf(n, "touches", Effects()) }},
		{"namespaces", false, func(n ast.Node) { r.namespaces(t.Namespaces, n) }},
		{"sessions", true, func(n ast.Node) { t.Sessions = r.sessions(n, recording) }},
		{"steps", true, func(n ast.Node) { steps = n }},
	})
	if id != nil && !recording && t.ID != "" && !nameShape.MatchString(t.ID) {
		r.badName(id, "id", t.ID)
	}
	if steps != nil {
		t.Steps = r.steps(steps, t)
	}
	return t
}

func hasKey(node ast.Node, key string) bool {
	mapping, ok := node.(*ast.MappingNode)
	if !ok {
		return false
	}
	for _, value := range mapping.Values {
		if name, ok := value.Key.(*ast.StringNode); ok && name.Value == key {
			return true
		}
	}
	return false
}

// recorded makes the file a recording; a target without a start would be half of one.
func (r *reader) recorded(t *Transcript, node ast.Node, recording bool) *Recorded {
	if !recording {
		r.fault(place(node), `"target" is for recordings, which have "started" too: a script is played against any target`)
	}
	if t.Recorded == nil {
		t.Recorded = &Recorded{}
	}
	return t.Recorded
}

func (r *reader) instant(node ast.Node) time.Time {
	text, ok := r.word(node, "started")
	if !ok {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		r.fault(place(node), "started: %q is no time; write it as 2026-01-31T23:59:59.123456Z", text)
	}
	return at
}

func (r *reader) badName(node ast.Node, what, got string) {
	r.fault(place(node), "%s: %q is not allowed; write lower-case letters, digits and single hyphens, a letter first, "+
		"such as lock-contention", what, got)
}

// name reads a word that variables and spec ids can hold.
func (r *reader) name(node ast.Node, what string) string {
	name, ok := r.word(node, what)
	if ok && !nameShape.MatchString(name) {
		r.badName(node, what, name)
	}
	return name
}

func (r *reader) needs(node ast.Node) []Need {
	var needs []Need
	for _, item := range r.items(node, "needs", "conditions, such as [candidate, \"!startup\", fixture:list]") {
		if _, mapping := item.(*ast.MappingNode); mapping {
			r.fault(place(item), "an entry of needs must be text, not a mapping: write no blank after the colon, "+
				"as in fixture:list")
			continue
		}
		text, ok := r.word(item, "an entry of needs")
		if !ok {
			continue
		}
		if message := checkNeed(text); message != "" {
			r.fault(place(item), "%s", message)
		}
		needs = append(needs, Need(text))
	}
	return needs
}

// stepNeeds are the needs of a step, which can be looked up at once.
func (r *reader) stepNeeds(node ast.Node) []Need {
	needs := r.needs(node)
	if slices.Contains(needs, SharedCandidate) {
		r.fault(place(node), "%s is a need of a whole transcript: name it there", SharedCandidate)
	}
	return needs
}

func (r *reader) namespaces(bound map[string]string, node ast.Node) {
	entries, _ := r.entries(node, "namespaces")
	for _, e := range entries {
		uri, ok := r.word(e.value, "namespace "+e.key)
		switch {
		case !ok:
		case !prefixShape.MatchString(e.key):
			r.fault(e.at, "namespaces: %q is no prefix: write letters, digits, '_', '-' and '.', a letter first", e.key)
		case e.key == "xml" || e.key == "xmlns" || fixturePrefixes.MatchString(e.key):
			r.fault(e.at, "namespaces: the prefix %q is taken (xml and xmlns by XML; f1, f2 … by the fixture's paths): "+
				"choose another", e.key)
		case e.key == "nc" && uri != BaseNamespace:
			r.fault(place(e.value), "namespaces: nc always stands for %s: choose another prefix", BaseNamespace)
		default:
			bound[e.key] = uri
		}
	}
}

func (r *reader) sessions(node ast.Node, recording bool) []Session {
	entries, ok := r.entries(node, "sessions")
	if ok && len(entries) == 0 && !recording {
		r.fault(place(node), "sessions is empty: name at least one, such as main: {}")
	}
	var sessions []Session
	for _, e := range entries {
		session := Session{Name: e.key, At: e.at}
		if !recording && !nameShape.MatchString(e.key) {
			r.fault(e.at, "session: %q is not allowed; write lower-case letters, digits and single hyphens, a letter first",
				e.key)
		}
		if describe(e.value) == "nothing" {
			r.fault(e.at, "session %s has no value: write %s: {}", e.key, e.key)
			continue
		}
		r.fields(e.value, "session "+e.key, []field{
			{"hello", false, func(n ast.Node) { session.Hello = r.hello(n) }},
			{"session-id", false, func(n ast.Node) { session.ID = r.sessionID(n, recording) }},
		})
		sessions = append(sessions, session)
	}
	return sessions
}

func (r *reader) hello(node ast.Node) []string {
	capabilities := []string{} // not nil: an empty list means that no hello is sent
	for _, item := range r.items(node, "hello", "capability URIs ([] to send no hello)") {
		if capability, ok := r.word(item, "an entry of hello"); ok {
			capabilities = append(capabilities, capability)
		}
	}
	return capabilities
}

func (r *reader) sessionID(node ast.Node, recording bool) string {
	id, ok := r.text(node, "session-id")
	if ok && !recording {
		r.fault(place(node), `"session-id" is for recordings, which have "started" too: in a script the server chooses it`)
	}
	return id
}
