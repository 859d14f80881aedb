package netconf

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/antchfx/xpath"
)

var (
	literal      = regexp.MustCompile(`"[^"]*"|'[^']*'`)
	nameCall     = regexp.MustCompile(`(?:^|[^\pL\pN_.:-])name\s*\(`)
	instruction  = regexp.MustCompile(`(?:^|[^\pL\pN_.-])processing-instruction\s*\(`)
	secondCount  = regexp.MustCompile(`\]\s*\[(?:\s*\d|(?:[^\[\]]*[^\[\]\pL\pN_.-])?(?:position|last)\s*\()`)
	anyOfAPrefix = regexp.MustCompile(`([\pL_][\pL\pN_.-]*):\*`)
)

// rewrite brings an expression into a form that the library understands as XPath 1.0 has it, and refuses what it would
// silently get wrong.
func rewrite(expr string, ns Namespaces) (string, error) {
	var b strings.Builder
	rest := 0
	for _, at := range append(literal.FindAllStringIndex(expr, -1), []int{len(expr), len(expr)}) {
		plain, err := rewritePlain(expr[rest:at[0]], ns)
		if err != nil {
			return "", err
		}
		b.WriteString(plain + expr[at[0]:at[1]])
		rest = at[1]
	}
	return b.String(), nil
}

// rewritePlain does so for a part without literals.
func rewritePlain(part string, ns Namespaces) (string, error) {
	switch {
	case nameCall.MatchString(part):
		return "", errors.New("name() depends on the server's choice of prefixes; use local-name() and namespace-uri()")
	case instruction.MatchString(part):
		return "", errors.New("processing instructions are not in the tree")
	}
	var err error
	// The library compares the * of p:* with the local name.
	part = anyOfAPrefix.ReplaceAllStringFunc(part, func(test string) string {
		uri, ok := ns[strings.TrimSuffix(test, ":*")]
		if !ok {
			err = fmt.Errorf("the prefix of %s is not bound; name it among the namespaces", test)
		}
		return "*[namespace-uri() = " + Literal(uri) + "]"
	})
	if err == nil && secondCount.MatchString(part) {
		return "", errors.New("a position behind another predicate, or behind p:*, is unreliable; " +
			"put what stands before it into parentheses: (path)[2]")
	}
	return part, err
}

// refuseRest compiles the expression in parentheses: the library reads as far as it understands and drops the rest, which
// in front of a closing parenthesis it cannot.
func refuseRest(expr string, ns Namespaces) error {
	depth := 0
	for _, r := range literal.ReplaceAllString(expr, `""`) {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth < 0 {
			return errors.New("a closing parenthesis without an opening one")
		}
	}
	_, err := xpath.CompileWithNS("("+expr+")", ns)
	return err
}
