package match

import "fmt"

// hold is a matcher of texts built from one question.
type hold struct {
	expected string
	holds    func(string) bool
}

// Hold asks a question of a text; expected says what a text of the right kind is.
func Hold(expected string, holds func(string) bool) Matcher { return hold{expected, holds} }

// Match asks the question.
func (h hold) Match(actual any) (bool, error) {
	text, ok := actual.(string)
	if !ok {
		return false, fmt.Errorf("this matcher judges a text, not %T", actual)
	}
	return h.holds(text), nil
}

// FailureMessage shows the text.
func (h hold) FailureMessage(actual any) string {
	return fmt.Sprintf("expected %s\nfound\n%s", h.expected, Octets([]byte(fmt.Sprint(actual))))
}

// NegatedFailureMessage shows the text.
func (h hold) NegatedFailureMessage(actual any) string {
	return fmt.Sprintf("expected anything but %s\nfound\n%s", h.expected, Octets([]byte(fmt.Sprint(actual))))
}

// distinct is a matcher of lists without an entry that occurs twice.
type distinct struct{}

// BeDistinct holds for texts of which no two are equal.
func BeDistinct() Matcher { return distinct{} }

// Match looks for a text that occurs twice.
func (distinct) Match(actual any) (bool, error) {
	texts, ok := actual.([]string)
	if !ok {
		return false, fmt.Errorf("BeDistinct judges texts, not %T", actual)
	}
	seen := map[string]bool{}
	for _, text := range texts {
		if seen[text] {
			return false, nil
		}
		seen[text] = true
	}
	return true, nil
}

// FailureMessage shows the texts.
func (distinct) FailureMessage(actual any) string {
	return fmt.Sprintf("expected no two equal\nfound    %q", actual)
}

// NegatedFailureMessage shows the texts.
func (distinct) NegatedFailureMessage(actual any) string {
	return fmt.Sprintf("expected two equal\nfound    %q", actual)
}
