package monitor

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// expression is what an XPath 1.0 expression refers to. The library that evaluates expressions for us knows only a part
// of the language, so what it refuses may still be legal.
type expression struct {
	prefixes, variables, functions []string
	bare                           bool // a step names an element without a prefix
}

// coreFunctions is the core function library (XPath 1.0 §4).
func coreFunctions() []string {
	return []string{"last", "position", "count", "id", "local-name", "namespace-uri", "name", "string", "concat",
		"starts-with", "contains", "substring-before", "substring-after", "substring", "string-length", "normalize-space",
		"translate", "boolean", "not", "true", "false", "lang", "number", "sum", "floor", "ceiling", "round"}
}

// An ExprToken of XPath 1.0 §3.7; the $ of a variable is a token of its own.
var xpathToken = regexp.MustCompile(`^(?:"[^"]*"|'[^']*'|[0-9]+(?:\.[0-9]*)?|\.[0-9]+|` + ncName + `(?::(?:` + ncName +
	`|\*))?|\.\.|::|//|!=|<=|>=|[()\[\].@,/|+\-=<>*$])`)

// parseXPath reads an expression by the grammar of XPath 1.0 §2 and §3.
func parseXPath(text string) (expression, error) {
	p := &xpathParser{}
	for rest := strings.TrimLeft(text, " \t\r\n"); rest != ""; {
		token := xpathToken.FindString(rest)
		if token == "" {
			return expression{}, fmt.Errorf("it cannot go on with %q", rest[:min(len(rest), 20)])
		}
		p.tokens = append(p.tokens, token)
		rest = strings.TrimLeft(rest[len(token):], " \t\r\n")
	}
	if !p.expr() || p.next(0) != "" {
		if p.next(0) == "" {
			return expression{}, errors.New("something is missing at its end")
		}
		return expression{}, fmt.Errorf("%q stands where it has no place", p.next(0))
	}
	return p.expression, nil
}

// xpathParser goes through the tokens. Its methods tell whether what they read is legal; where it is not, the next
// token is the one at fault.
type xpathParser struct {
	expression
	tokens []string
	at     int
}

// next gives a token ahead, "" behind the last one.
func (p *xpathParser) next(ahead int) string {
	if p.at+ahead < len(p.tokens) {
		return p.tokens[p.at+ahead]
	}
	return ""
}

// take passes over the next token if it is one of these.
func (p *xpathParser) take(tokens ...string) bool {
	if next := p.next(0); next == "" || !slices.Contains(tokens, next) {
		return false
	}
	p.at++
	return true
}

// expr reads operands between operators. Which of them binds stronger makes no difference to what is legal.
func (p *xpathParser) expr() bool {
	for {
		for p.take("-") {
		}
		if !p.union() {
			return false
		}
		if !p.take("or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod") {
			return true
		}
	}
}

func (p *xpathParser) union() bool {
	for {
		if !p.path() {
			return false
		}
		if !p.take("|") {
			return true
		}
	}
}

func (p *xpathParser) path() bool {
	switch {
	case p.primaryNext():
		if !p.primary() || !p.predicates() {
			return false
		}
		return !p.take("/", "//") || p.relative()
	case p.take("/"):
		return !p.stepNext() || p.relative()
	case p.take("//"):
	}
	return p.relative()
}

func (p *xpathParser) relative() bool {
	for {
		if !p.step() {
			return false
		}
		if !p.take("/", "//") {
			return true
		}
	}
}

func (p *xpathParser) stepNext() bool {
	next := p.next(0)
	return isName(next) || slices.Contains([]string{".", "..", "@", "*"}, next)
}

func (p *xpathParser) step() bool {
	if p.take(".", "..") {
		return true
	}
	element := !p.take("@")
	if element && p.next(1) == "::" {
		element = !p.take("attribute", "namespace")
		if element && !p.take("ancestor", "ancestor-or-self", "child", "descendant", "descendant-or-self", "following",
			"following-sibling", "parent", "preceding", "preceding-sibling", "self") {
			return false
		}
		p.take("::")
	}
	return p.nodeTest(element) && p.predicates()
}

func (p *xpathParser) nodeTest(element bool) bool {
	name := p.next(0)
	switch {
	case p.take("*"):
	case !isName(name):
		return false
	case p.next(1) == "(":
		if !isNodeType(name) {
			return false
		}
		p.at += 2
		if name == "processing-instruction" && isLiteral(p.next(0)) {
			p.at++
		}
		return p.take(")")
	default:
		p.at++
		if prefix, _, qualified := strings.Cut(name, ":"); qualified {
			p.prefixes = append(p.prefixes, prefix)
		} else {
			p.bare = p.bare || element
		}
	}
	return true
}

func (p *xpathParser) predicates() bool {
	for p.take("[") {
		if !p.expr() || !p.take("]") {
			return false
		}
	}
	return true
}

func (p *xpathParser) primaryNext() bool {
	next := p.next(0)
	return next == "$" || next == "(" || isLiteral(next) || isNumber(next) ||
		isName(next) && p.next(1) == "(" && !isNodeType(next)
}

func (p *xpathParser) primary() bool {
	next := p.next(0)
	p.at++
	switch {
	case next == "(":
		return p.expr() && p.take(")")
	case next == "$":
		name := p.next(0)
		if !isName(name) {
			return false
		}
		p.at++
		p.variables = append(p.variables, name)
	case isName(next):
		p.functions = append(p.functions, next)
		p.at++ // the parenthesis
		return p.arguments()
	}
	return true
}

func (p *xpathParser) arguments() bool {
	if p.take(")") {
		return true
	}
	for {
		if !p.expr() {
			return false
		}
		if !p.take(",") {
			return p.take(")")
		}
	}
}

func isLiteral(token string) bool { return token != "" && (token[0] == '"' || token[0] == '\'') }

func isNumber(token string) bool {
	digits := strings.TrimPrefix(token, ".")
	return digits != "" && digits[0] >= '0' && digits[0] <= '9'
}

func isName(token string) bool { return nameStart.MatchString(token) }

var nameStart = regexp.MustCompile(`^` + ncName)

func isNodeType(name string) bool {
	return slices.Contains([]string{"comment", "text", "processing-instruction", "node"}, name)
}
