package netconf

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"regexp"
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

var (
	literals     = regexp.MustCompile(`"[^"]*"|'[^']*'`)
	nameFunction = regexp.MustCompile(`(?:^|[^\w.:-])name\s*\(`)
)

// CompileXPath compiles an XPath 1.0 expression. A name without a prefix means no namespace; every prefix must be in
// ns or be "nc". name() is refused: it shows whatever prefix the server chose. Errors quote the expression.
func CompileXPath(expr string, ns Namespaces) (*XPath, error) {
	if err := refuseExpression(expr); err != nil {
		return nil, fmt.Errorf("compiling the XPath expression %q: %w", shorten(expr), err)
	}
	bound := map[string]string{"nc": BaseNamespace}
	maps.Copy(bound, ns)
	if bound["nc"] != BaseNamespace {
		return nil, fmt.Errorf("compiling the XPath expression %q: the prefix nc is bound to %q; choose another prefix for it", expr, bound["nc"])
	}
	compiled, err := xpath.CompileWithNS(expr, bound)
	if err != nil {
		return nil, fmt.Errorf("compiling the XPath expression %q: %w", expr, err)
	}
	return &XPath{text: expr, expr: compiled}, nil
}

func refuseExpression(expr string) error {
	if len(expr) > maxExpression {
		return fmt.Errorf("it has %d octets, %d is the most", len(expr), maxExpression)
	}
	if nameFunction.MatchString(literals.ReplaceAllString(expr, `""`)) {
		return errors.New("name() depends on the server's choice of prefixes; use local-name() and namespace-uri()")
	}
	return nil
}

// String gives the expression.
func (x *XPath) String() string { return x.text }

// Nodes gives the nodes selected, in document order; none when the expression is no path or cannot be evaluated.
// Attributes come as nodes of type AttributeNode.
func (x *XPath) Nodes(d *Document) []*xmlquery.Node {
	var nodes []*xmlquery.Node
	_ = x.evaluate(d, func(value any) {
		each(value, func(n *navigator) { nodes = append(nodes, n.node()) })
	})
	return nodes
}

// Strings gives the string-values of the nodes selected, or the one value of an expression that is no path, written as
// XPath 1.0 §4.2 has it.
func (x *XPath) Strings(d *Document) []string {
	var all []string
	_ = x.evaluate(d, func(value any) {
		switch v := value.(type) {
		case string:
			all = []string{v}
		case bool:
			all = []string{strconv.FormatBool(v)}
		case float64:
			all = []string{number(v)}
		default:
			each(value, func(n *navigator) { all = append(all, n.Value()) })
		}
	})
	return all
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

func each(value any, visit func(*navigator)) {
	nodes, ok := value.(*xpath.NodeIterator)
	for ok && nodes.MoveNext() {
		visit(nodes.Current().(*navigator))
	}
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
