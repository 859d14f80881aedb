package reference

// rules are what a schema node adds to the constraints of a valid datastore (RFC 7950 §8.1). The zero value adds none.
type rules struct {
	mandatory   bool       // of a leaf
	least, most int        // entries of a list or leaf-list; most 0 is without end
	unique      [][]string // of a list: leafs that are not the same in two entries, by their names
	refers      []string   // of a leaf or leaf-list: names from the top to the leaf that has to have the value
	musts       []condition
	choices     []string // of a parent: names of its mandatory choices
}

// condition is a constraint in the model's own words; appTag is "" where the model gives none.
type condition struct {
	holds   func(e, parent *element) bool
	message string
	appTag  string
}

// yangNS is the namespace of what YANG adds to error-info (RFC 7950 §15).
const yangNS = "urn:ietf:params:xml:ns:yang:1"

// The errors of a configuration that is not valid, as RFC 7950 §15 has them.

func violated(appTag, message string, path []step) *rpcError {
	e := plain(applicationLayer, "operation-failed", message).at(path)
	e.appTag = appTag
	return e
}

func missingData(appTag, message string, path []step) *rpcError {
	e := dataMissing(path)
	e.appTag, e.message = appTag, message
	return e
}

// missingNode is for a mandatory leaf. Its parent is named: the leaf is not there.
func missingNode(local string, parent []step) *rpcError {
	return missingData("", "mandatory "+local+" is missing", parent)
}

func missingChoice(choice string, parent []step) *rpcError {
	e := missingData("missing-choice", "no case of the mandatory choice "+choice+" is there", parent)
	e.info = []info{{element: "missing-choice", ns: yangNS, text: choice}}
	return e
}

func instanceRequired(value string, path []step) *rpcError {
	return missingData("instance-required", "nothing has the value "+shortened(value)+" that this refers to", path)
}

// notUnique names the leafs of all entries that are the same (RFC 7950 §15.1).
func notUnique(leafs [][]step, lists []step) *rpcError {
	e := violated("data-not-unique", "the entries are the same where they have to differ", lists)
	for _, path := range leafs {
		e.info = append(e.info, info{element: "non-unique", ns: yangNS, path: path})
	}
	return e
}
