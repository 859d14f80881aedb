package ssh

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	gossh "golang.org/x/crypto/ssh"
)

// credentials are what a Dialer's user can prove themselves with. Answers that
// somebody gave are kept here, so that they are asked for once.
type credentials struct {
	auth Auth

	mu         sync.Mutex
	identities []*identity
	password   *string
}

// newCredentials reads the identity files, so that a bad one is known early.
func newCredentials(auth Auth) (*credentials, error) {
	c := &credentials{auth: auth}
	for _, file := range auth.Identities {
		id, err := loadIdentity(file)
		if err != nil {
			return nil, err
		}
		c.identities = append(c.identities, id)
	}
	return c, nil
}

// askPassword returns the password, and asks for it the first time.
func (c *credentials) askPassword() (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.password == nil {
		password, err := c.auth.Password()
		if err != nil {
			return "", fmt.Errorf("asking for the password: %w", err)
		}
		c.password = &password
	}
	return *c.password, nil
}

// attempt is one authentication: what was tried, and what went wrong.
type attempt struct {
	*credentials
	ctx     context.Context
	timer   stepTimer
	agent   *agentKeys // open until the attempt is closed, nil if none
	offered []string   // methods that the server offers
	tried   []string   // methods that were tried, the last one is what succeeded
	notes   []string   // why something could not be used
	hushed  bool       // the password has answered a hidden question
}

// close gives the agent back.
func (a *attempt) close() {
	if a.agent != nil {
		_ = a.agent.conn.Close()
	}
}

// methods lists what can be tried, in the order of Auth.
func (a *attempt) methods() []gossh.AuthMethod {
	var m []gossh.AuthMethod
	if len(a.identities) > 0 || a.auth.Agent != "" {
		m = append(m, gossh.PublicKeysCallback(a.signers))
	}
	if a.auth.Password != nil || a.auth.Challenge != nil {
		m = append(m, gossh.KeyboardInteractive(a.answer))
	}
	if a.auth.Password != nil {
		m = append(m, gossh.PasswordCallback(a.sendPassword))
	}
	return m
}

// next is called before each method: it gives the method its time.
func (a *attempt) next(ctx *gossh.ClientAuthContext) (gossh.AuthMethod, error) {
	a.timer.restart()
	a.offered = ctx.AllowedMethods
	return nil, nil
}

// signers returns the keys to try: the identities first, for servers allow few tries.
func (a *attempt) signers() ([]gossh.Signer, error) {
	a.tried = append(a.tried, "publickey")
	if a.auth.Agent != "" && a.agent == nil {
		keys, err := openAgent(a.ctx, a.auth.Agent, a.timer.limit)
		if err != nil {
			a.notes = append(a.notes, err.Error())
		}
		a.agent = keys
	}
	var held []gossh.Signer
	if a.agent != nil {
		held = a.agent.signers
	}
	signers := a.fromFiles(held)
	if a.agent != nil {
		a.agent.restart(a.timer.limit) // asking for passphrases took its time
	}
	for _, signer := range held {
		if !holds(signers, signer.PublicKey()) {
			signers = append(signers, signer)
		}
	}
	return signers, nil
}

// fromFiles returns the keys of the identities. An encrypted one that the
// agent holds too is the agent's to use, without asking for a passphrase.
func (a *attempt) fromFiles(agent []gossh.Signer) []gossh.Signer {
	a.mu.Lock()
	defer a.mu.Unlock()
	var signers []gossh.Signer
	for _, id := range a.identities {
		if id.signer == nil && id.public != nil && holds(agent, id.public) {
			continue
		}
		var err error
		a.timer.without(func() { err = id.unlock(a.auth.Passphrase) })
		if err != nil {
			a.notes = append(a.notes, err.Error())
			continue
		}
		signers = append(signers, id.signer)
	}
	return signers
}

// holds reports whether one of signers has the public key.
func holds(signers []gossh.Signer, public gossh.PublicKey) bool {
	return slices.ContainsFunc(signers, func(s gossh.Signer) bool {
		return bytes.Equal(s.PublicKey().Marshal(), public.Marshal())
	})
}

// sendPassword answers the method "password" (RFC 4252 §8).
func (a *attempt) sendPassword() (password string, err error) {
	a.tried = append(a.tried, "password")
	a.timer.without(func() { password, err = a.askPassword() })
	return password, a.noted(err)
}

// answer answers keyboard-interactive (RFC 4256 §3.2): the password fits one
// hidden question; a second one is a retry, or wants something else.
func (a *attempt) answer(name, instruction string, questions []string, echo []bool) (answers []string, err error) {
	if !slices.Contains(a.tried, "keyboard-interactive") {
		a.tried = append(a.tried, "keyboard-interactive")
	}
	if len(questions) == 0 {
		return nil, nil
	}
	if a.auth.Password != nil && !a.hushed && len(questions) == 1 && !echo[0] {
		a.hushed = true
		var password string
		a.timer.without(func() { password, err = a.askPassword() })
		return []string{password}, a.noted(err)
	}
	if a.auth.Challenge == nil {
		return nil, a.noted(fmt.Errorf("the server asks %q, and nobody can be asked", strings.Join(questions, " ")))
	}
	a.timer.without(func() { answers, err = a.auth.Challenge(name, instruction, questions, echo) })
	return answers, a.noted(err)
}

// noted keeps err for the message of a failed authentication.
func (a *attempt) noted(err error) error {
	if err != nil {
		a.notes = append(a.notes, err.Error())
	}
	return err
}

// failed explains why the server did not accept the user.
func (a *attempt) failed(address, user string, cause error) *Error {
	advice := fmt.Sprintf("The server offers %s; tried: %s", list(a.offered), list(a.tried))
	if len(a.notes) > 0 {
		advice += " (" + strings.Join(a.notes, "; ") + ")"
	}
	advice += ". Check the user name, and give a password (--password-env) or a key (--identity) that the server accepts"
	cause = plainCause(cause)
	if strings.HasPrefix(cause.Error(), "ssh: unable to authenticate") {
		cause = nil // the advice says it better
	}
	return &Error{Kind: ErrAuthentication, Address: address,
		Doing: fmt.Sprintf("authenticating user %q at", user), Advice: advice, Cause: cause}
}

// list joins names, or says that there are none.
func list(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return strings.Join(names, ", ")
}
