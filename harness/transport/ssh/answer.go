package ssh

import (
	"fmt"
	"slices"
	"strings"
)

// answer answers keyboard-interactive (RFC 4256 §3.2). Each known answer, the
// password among them, is given once: a question that comes again is a retry,
// or wants something else. Somebody is asked the rest.
func (a *attempt) answer(name, instruction string, questions []string, echo []bool) (answers []string, err error) {
	if !slices.Contains(a.tried, "keyboard-interactive") {
		a.tried = append(a.tried, "keyboard-interactive")
	}
	answers = make([]string, len(questions))
	var open []int
	for i, question := range questions {
		give := a.known(question, !echo[i], len(questions) == 1)
		if give == nil {
			open = append(open, i)
			continue
		}
		a.timer.without(func() { answers[i], err = give() })
		if err != nil {
			return nil, a.noted(err)
		}
	}
	if len(open) == 0 {
		return answers, nil
	}
	if err := a.askRest(name, instruction, questions, echo, open, answers); err != nil {
		return nil, a.noted(err)
	}
	return answers, nil
}

// known is what answers a question, nil if nothing does.
func (a *attempt) known(question string, hidden, alone bool) func() (string, error) {
	asked := strings.ToLower(question)
	for i, known := range a.auth.Answers {
		if !a.given[i] && strings.Contains(asked, strings.ToLower(known.Prompt)) {
			a.given[i] = true
			return func() (string, error) {
				text, err := known.Give()
				if err != nil {
					return "", fmt.Errorf("answering %q: %w", question, err)
				}
				return text, nil
			}
		}
	}
	if a.auth.Password != nil && !a.hushed && hidden && (alone || strings.Contains(asked, "password")) {
		a.hushed = true
		return a.askPassword
	}
	return nil
}

// askRest asks somebody the questions that are open.
func (a *attempt) askRest(name, instruction string, questions []string, echo []bool, open []int, answers []string) (err error) {
	var texts []string
	var shown []bool
	for _, i := range open {
		texts, shown = append(texts, questions[i]), append(shown, echo[i])
	}
	if a.auth.Challenge == nil {
		return fmt.Errorf("the server asks %q, and nobody can be asked: answer it with prompts in a target file, or at a terminal",
			strings.Join(texts, " "))
	}
	var given []string
	a.timer.without(func() { given, err = a.challenge(name, instruction, texts, shown) })
	if err != nil {
		return fmt.Errorf("asking for an answer to %q: %w", strings.Join(texts, " "), err)
	}
	if len(given) != len(open) {
		return fmt.Errorf("%d answers to %d questions", len(given), len(open))
	}
	for n, i := range open {
		answers[i] = given[n]
	}
	return nil
}

// challenge keeps two connections from asking at once.
func (c *credentials) challenge(name, instruction string, questions []string, echo []bool) ([]string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.auth.Challenge(name, instruction, questions, echo)
}
