package netconf

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/antchfx/xmlquery"
	"github.com/antchfx/xpath"
)

// Namespaces binds the prefixes of an expression: prefix → URI. "nc" is always the base namespace (RFC 6241 §3.1).
type Namespaces map[string]string

// XPath is a compiled XPath 1.0 expression; several goroutines may use it.
type XPath struct {
	text string
	mu   sync.Mutex // the library evaluates in place
	expr *xpath.Expr
}

// maxExpression bounds an expression, in octets: the library's parser is recursive.
const maxExpression = 64 << 10

// CompileXPath compiles an XPath 1.0 expression. A name without a prefix means no namespace; every prefix must be in
// ns or be "nc". name() is refused: it shows whatever prefix the server chose. Errors quote the expression.
//
// The library has its limits: count() may count a node several times behind the axes parent (".."), preceding and
// following, position() behind // with an axis of its own is unreliable, and id() and lang() are missing. A predicate
// says the same without them: //a[b] for //b/.. and so on.
func CompileXPath(expr string, ns Namespaces) (*XPath, error) {
	compiled, err := compile(expr, ns)
	if err != nil {
		return nil, fmt.Errorf("compiling the XPath expression %q: %w", shorten(expr, maxDetail), err)
	}
	return &XPath{text: expr, expr: compiled}, nil
}

func compile(expr string, ns Namespaces) (*xpath.Expr, error) {
	if len(expr) > maxExpression {
		return nil, fmt.Errorf("it has %d octets, %d is the most", len(expr), maxExpression)
	}
	bound := map[string]string{"nc": BaseNamespace}
	maps.Copy(bound, ns)
	if bound["nc"] != BaseNamespace {
		return nil, fmt.Errorf("the prefix nc is bound to %q; choose another prefix for it", bound["nc"])
	}
	safe, err := rewrite(expr, bound)
	if err != nil {
		return nil, err
	}
	if err := refuseRest(safe, bound); err != nil {
		return nil, err
	}
	return xpath.CompileWithNS(safe, bound)
}

// String gives the expression.
func (x *XPath) String() string { return x.text }

// Nodes gives the nodes selected, in document order; none when the expression is no path or cannot be evaluated.
// Attributes come as nodes of type AttributeNode.
func (x *XPath) Nodes(d *Document) []*xmlquery.Node {
	var nodes []*xmlquery.Node
	_ = x.evaluate(d, func(value any) {
		for _, n := range selected(value) {
			nodes = append(nodes, n.node())
		}
	})
	return nodes
}

// Strings is Values for expressions that are known to make sense: none where the evaluation fails.
func (x *XPath) Strings(d *Document) []string {
	all, _ := x.Values(d)
	return all
}

// Values gives the string-values of the nodes selected, or the one value of an expression that is no path, written as
// XPath 1.0 §4.2 has it. An error means that the expression could not be evaluated.
func (x *XPath) Values(d *Document) ([]string, error) {
	var all []string
	err := x.evaluate(d, func(value any) {
		switch v := value.(type) {
		case string:
			all = []string{v}
		case bool:
			all = []string{strconv.FormatBool(v)}
		case float64:
			all = []string{number(v)}
		default:
			for _, n := range selected(value) {
				all = append(all, n.Value())
			}
		}
	})
	return all, err
}

// Bool gives the expression's truth, as the function boolean() of XPath 1.0 §4.3 would. An error means that the
// expression could not be evaluated.
func (x *XPath) Bool(d *Document) (bool, error) {
	truth := false
	err := x.evaluate(d, func(value any) {
		switch v := value.(type) {
		case string:
			truth = v != ""
		case bool:
			truth = v
		case float64:
			truth = v != 0 && !math.IsNaN(v)
		case *xpath.NodeIterator:
			truth = v.MoveNext()
		}
	})
	return truth && err == nil, err
}

// evaluate hands the expression's value to use. The library panics at calls that make no sense, also while a path is
// being walked.
func (x *XPath) evaluate(d *Document, use func(value any)) (err error) {
	if d == nil || d.Root == nil {
		return fmt.Errorf("evaluating the XPath expression %q: no document", x.text)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("evaluating the XPath expression %q: %v", x.text, problem)
		}
	}()
	use(x.expr.Evaluate(newNavigator(d)))
	return nil
}

// selected gives the nodes of a node-set, each once and in document order: the library's order is that of its walk, and
// nodes that it reaches on several ways come several times.
func selected(value any) []navigator {
	set, ok := value.(*xpath.NodeIterator)
	if !ok {
		return nil
	}
	found := map[navigator]bool{}
	var last navigator
	for set.MoveNext() {
		last = *set.Current().(*navigator)
		found[last] = true
	}
	if len(found) < 2 {
		return slices.Collect(maps.Keys(found))
	}
	return inOrder(navigator{xmlquery.GetRoot(last.at), -1}, found, nil)
}

// inOrder appends those of a node, its attributes and what is below it that were found.
func inOrder(n navigator, found map[navigator]bool, ordered []navigator) []navigator {
	if found[n] {
		ordered = append(ordered, n)
	}
	for attribute := n; attribute.MoveToNextAttribute(); {
		if found[attribute] {
			ordered = append(ordered, attribute)
		}
	}
	child := n
	for more := child.MoveToChild(); more && len(ordered) < len(found); more = child.MoveToNext() {
		ordered = inOrder(child, found, ordered)
	}
	return ordered
}

// number writes a number as XPath 1.0 §4.2 has it.
func number(v float64) string {
	switch {
	case math.IsInf(v, 0):
		return strings.TrimPrefix(strconv.FormatFloat(v, 'f', -1, 64), "+") + "inity"
	case v == 0:
		return "0"
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// Literal writes s as an XPath 1.0 literal; as a call of concat() where s has quotes of both kinds.
func Literal(s string) string {
	if !strings.Contains(s, `"`) {
		return `"` + s + `"`
	}
	if !strings.Contains(s, `'`) {
		return `'` + s + `'`
	}
	return `concat("` + strings.ReplaceAll(s, `"`, `", '"', "`) + `")`
}

// NodeSet gives the nodes selected, in document order, and whether the expression is a path at all: a number, a string
// or a boolean is no node-set. An error means that the expression could not be evaluated.
func (x *XPath) NodeSet(d *Document) (nodes []*xmlquery.Node, isSet bool, err error) {
	err = x.evaluate(d, func(value any) {
		_, isSet = value.(*xpath.NodeIterator)
		for _, n := range selected(value) {
			nodes = append(nodes, n.node())
		}
	})
	return nodes, isSet, err
}
