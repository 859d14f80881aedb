package netconf

import "fmt"

// FaultRule names a rule of XML that a document breaks (RFC 6241 §3, §3.2, and XML 1.0 with namespaces below it).
type FaultRule string

const (
	// NotWellFormed is every breach of XML's grammar that has no name of its own here.
	NotWellFormed FaultRule = "not-well-formed"
	// NotUTF8 is an octet sequence that RFC 3629 does not allow.
	NotUTF8 FaultRule = "not-utf8"
	// EncodingDeclared is an XML declaration that names another encoding than UTF-8.
	EncodingDeclared FaultRule = "encoding-declared"
	// Doctype is a document type declaration (RFC 6241 §3.2).
	Doctype FaultRule = "doctype"
	// TwoRoots is an element beside the root.
	TwoRoots FaultRule = "two-roots"
	// NoRoot is a document without any element.
	NoRoot FaultRule = "no-root"
	// TextOutsideRoot is character data before or behind the root.
	TextOutsideRoot FaultRule = "text-outside-root"
	// MisplacedDeclaration is an XML declaration that is not the very beginning.
	MisplacedDeclaration FaultRule = "misplaced-declaration"
	// DuplicateAttribute is an attribute given twice, by name or by namespace and local name.
	DuplicateAttribute FaultRule = "duplicate-attribute"
	// UnboundPrefix is a prefix without a namespace declaration.
	UnboundPrefix FaultRule = "unbound-prefix"
	// IllegalCharacter is a character that XML 1.0 §2.2 leaves out, written as such or as a reference.
	IllegalCharacter FaultRule = "illegal-character"
	// ByteOrderMark is a byte order mark at the beginning: legal, but of no use in UTF-8.
	ByteOrderMark FaultRule = "byte-order-mark"
	// TooDeep is nesting beyond our own bound of MaxDepth elements; no RFC forbids it.
	TooDeep FaultRule = "too-deep"
)

// MaxDepth is how many elements may be open at once; what is deeper is not parsed, so that no reader of the tree runs
// out of stack.
const MaxDepth = 10_000

// maxFaults bounds the list of faults of one document.
const maxFaults = 100

// Fault is one breach of one rule.
type Fault struct {
	Rule   FaultRule
	Offset int64 // octets since the beginning of the document
	Detail string
}

// Error tells rule, place and detail.
func (f Fault) Error() string {
	return fmt.Sprintf("%s at octet %d: %s", f.Rule, f.Offset, f.Detail)
}
