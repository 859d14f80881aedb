package target

// Hidden is a list that the target's second user may neither read nor write.
type Hidden struct {
	// There and Other are entries that a run may make. Missing is one that it does not make.
	There, Other, Missing *List
	// Secrets are texts in them that nobody learns who does not see the list.
	Secrets []string
}

// Config is the XML below <config> that makes There and Other.
func (h *Hidden) Config() string { return h.There.Config("") + h.Other.Config("") }

// Filter is the subtree filter that selects the list: the XML inside <filter>.
func (h *Hidden) Filter() string {
	path := append([]Node(nil), h.There.Path...)
	path[len(path)-1].Keys = nil
	return nest(path, "", "")
}

// referenceHidden is the part of the reference server's data that its user guest does not see.
func referenceHidden() *Hidden {
	key := func(name, value string) *List {
		return &List{Path: entry(elements(referenceNamespace, "secret", "key"), name), Body: "<value>" + value + "</value>"}
	}
	return &Hidden{There: key("ncspec-there", "ncspec-hidden-1"), Other: key("ncspec-other", "ncspec-hidden-2"),
		Missing: key("ncspec-missing", "ncspec-new"), Secrets: []string{"ncspec-hidden-1", "ncspec-hidden-2", "ncspec-other"}}
}
