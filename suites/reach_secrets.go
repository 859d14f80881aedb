package suites

import "github.com/ncspec/ncspec/harness/transport/ssh"

// know has a credential masked wherever it comes up. One that is the user's name is no secret, and a word that reports
// need.
func (a Ask) know(user, credential string) {
	if credential != user {
		a.redactor.Know(credential)
	}
}

// overhearing has all credentials masked that are given to the server.
func (a Ask) overhearing(auth ssh.Auth, user string) ssh.Auth {
	auth.Password = a.overhear(auth.Password, user)
	for i, answer := range auth.Answers {
		auth.Answers[i].Give = a.overhear(answer.Give, user)
	}
	if from := auth.Passphrase; from != nil {
		auth.Passphrase = func(file string) (string, error) {
			passphrase, err := from(file)
			a.know(user, passphrase)
			return passphrase, err
		}
	}
	if from := auth.Challenge; from != nil {
		auth.Challenge = func(name, instruction string, questions []string, echo []bool) ([]string, error) {
			answers, err := from(name, instruction, questions, echo)
			for i, answer := range answers {
				if i < len(echo) && !echo[i] {
					a.know(user, answer)
				}
			}
			return answers, err
		}
	}
	return auth
}

func (a Ask) overhear(from func() (string, error), user string) func() (string, error) {
	if from == nil {
		return nil
	}
	return func() (string, error) {
		credential, err := from()
		a.know(user, credential)
		return credential, err
	}
}
