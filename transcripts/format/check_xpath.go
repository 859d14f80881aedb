package format

import (
	"fmt"
	"slices"
	"strings"
)

// xpathChecker reads an XPath 1.0 expression as an alternation of operands and operators. The library stops reading at
// the first token that it has no use for and drops the rest, so "a = 'x' b" would be demanded as "a = 'x'".
type xpathChecker struct {
	tokens     []xpathToken
	namespaces map[string]string
	brackets   []xpathToken // open ( and [; that of a call has the kind of a name
	called     bool         // the token before was a function or node type
	state      xpathState
}

// xpathState is what may come next.
type xpathState int

const (
	wantOperand  xpathState = iota
	wantStep                // after /, //, @ and ::, where a literal cannot stand
	wantOptional            // after a leading /, which may stand alone
	wantOperator
)

// checkXPath returns the offset and the first mistake, "" if there is none. Variables ${name} count as operands.
func checkXPath(text string, namespaces map[string]string) (int, string) {
	tokens, offset, message := xpathTokens(text)
	if message != "" {
		return offset, message
	}
	c := &xpathChecker{tokens: tokens, namespaces: namespaces}
	for i, token := range tokens {
		if message := c.next(i, token); message != "" {
			return token.offset, message
		}
	}
	if len(c.brackets) > 0 {
		open := c.brackets[len(c.brackets)-1]
		return open.offset, fmt.Sprintf("%q is not closed", open.text)
	}
	if c.state == wantOperand || c.state == wantStep {
		return len(text), "the expression breaks off"
	}
	return 0, ""
}

func (c *xpathChecker) next(i int, token xpathToken) string {
	switch token.kind {
	case xpathLiteralToken:
		if strings.Contains(token.text, "${") {
			return "a variable in quotes: it is put in as a literal already, so leave the quotes out"
		}
		return c.operand(token)
	case xpathNumber, xpathVariable:
		return c.operand(token)
	case xpathName:
		return c.name(i, token)
	}
	switch token.text {
	case "(", "[":
		return c.opening(token)
	case ")", "]", ",":
		return c.closing(i, token)
	case ".", "..":
		return c.step(token)
	case "*":
		if c.state == wantOperator {
			c.state = wantOperand
			return ""
		}
		return c.step(token)
	case "@":
		return c.attribute(token)
	case "/", "//":
		return c.slash(token)
	}
	return c.operator(token)
}

// operand takes a literal, number or variable.
func (c *xpathChecker) operand(token xpathToken) string {
	if c.state != wantOperand {
		return c.misplaced(token)
	}
	c.state = wantOperator
	return ""
}

// step takes what a location step may be.
func (c *xpathChecker) step(token xpathToken) string {
	if c.state == wantOperator {
		return c.misplaced(token)
	}
	c.state = wantOperator
	return ""
}

func (c *xpathChecker) attribute(token xpathToken) string {
	if c.state == wantOperator {
		return c.misplaced(token)
	}
	c.state = wantStep
	return ""
}

func (c *xpathChecker) slash(token xpathToken) string {
	switch {
	case c.state == wantOperator || c.state == wantOperand && token.text == "//":
		c.state = wantStep
	case c.state == wantOperand:
		c.state = wantOptional
	default:
		return c.misplaced(token)
	}
	return ""
}

func (c *xpathChecker) operator(token xpathToken) string {
	if token.text == "-" && c.state == wantOperand {
		return "" // a sign
	}
	if c.state != wantOperator && c.state != wantOptional {
		return c.misplaced(token)
	}
	c.state = wantOperand
	return ""
}

func (c *xpathChecker) opening(token xpathToken) string {
	fits := c.state == wantOperand || c.called
	if token.text == "[" {
		fits = c.state == wantOperator
	}
	if !fits {
		return c.misplaced(token)
	}
	if c.called {
		token.kind, c.called = xpathName, false
	}
	c.brackets, c.state = append(c.brackets, token), wantOperand
	return ""
}

func (c *xpathChecker) closing(i int, token xpathToken) string {
	pair := map[string]string{")": "(", ",": "(", "]": "["}[token.text]
	if len(c.brackets) == 0 || c.brackets[len(c.brackets)-1].text != pair {
		return fmt.Sprintf("%q without its %q", token.text, pair)
	}
	last := c.brackets[len(c.brackets)-1]
	noArguments := token.text == ")" && last.kind == xpathName && c.tokens[i-1].offset == last.offset
	if c.state != wantOperator && c.state != wantOptional && !noArguments {
		return c.misplaced(token)
	}
	if token.text == "," {
		c.state = wantOperand
		return ""
	}
	c.brackets, c.state = c.brackets[:len(c.brackets)-1], wantOperator
	return ""
}

// name takes an operator, an axis, a function, a node type or a name test.
func (c *xpathChecker) name(i int, token xpathToken) string {
	following := ""
	if i+1 < len(c.tokens) {
		following = c.tokens[i+1].text
	}
	prefix, local, prefixed := strings.Cut(token.text, ":")
	switch {
	case c.state == wantOperator:
		if !contains([]string{"and", "or", "div", "mod"}, token.text) {
			return c.misplaced(token)
		}
		c.state = wantOperand
	case strings.HasSuffix(token.text, "::"):
		if axis := strings.TrimSuffix(token.text, "::"); !contains(xpathAxes(), axis) {
			return notAllowed("axis", axis, xpathAxes())
		}
		c.state = wantStep
	case following == "(":
		return c.call(token)
	case prefixed && c.namespaces[prefix] == "":
		return fmt.Sprintf("the prefix %q of %s:%s is not bound; bound here: %s", prefix, prefix, local,
			strings.Join(sortedKeys(c.namespaces), ", "))
	default:
		c.state = wantOperator
	}
	return ""
}

// call takes a function or node type; its parenthesis comes next.
func (c *xpathChecker) call(token xpathToken) string {
	c.called = true
	if contains([]string{"node", "text", "comment", "processing-instruction"}, token.text) {
		return ""
	}
	if !contains(xpathFunctions(), token.text) {
		return notAllowed("function of XPath 1.0", token.text, xpathFunctions())
	}
	if c.state != wantOperand {
		return c.misplaced(token)
	}
	return ""
}

func (c *xpathChecker) misplaced(token xpathToken) string {
	wanted := "an operator or the end"
	switch c.state {
	case wantOperand:
		wanted = "an operand"
	case wantStep, wantOptional:
		wanted = "a name, *, . or a node type"
	}
	return fmt.Sprintf("%q cannot stand here; XPath 1.0 expects %s", token.text, wanted)
}

func xpathAxes() []string {
	return []string{"ancestor", "ancestor-or-self", "attribute", "child", "descendant", "descendant-or-self", "following",
		"following-sibling", "namespace", "parent", "preceding", "preceding-sibling", "self"}
}

func xpathFunctions() []string {
	return []string{"boolean", "ceiling", "concat", "contains", "count", "false", "floor", "id", "lang", "last", "local-name",
		"name", "namespace-uri", "normalize-space", "not", "number", "position", "round", "starts-with", "string",
		"string-length", "substring", "substring-after", "substring-before", "sum", "translate", "true"}
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
