package ssh

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// credentials are what a Dialer's user can prove themselves with. Answers that
// somebody gave are kept here, so that they are asked for once.
type credentials struct {
	auth         Auth
	legacy       bool
	certificates []*userCertificate

	mu         sync.Mutex
	identities []*identity
	password   func() (string, error) // what asking has led to, nil before
}

// newCredentials reads the identity files, so that a bad one is known early.
func newCredentials(auth Auth, legacy bool) (*credentials, error) {
	c := &credentials{auth: auth, legacy: legacy}
	for _, file := range auth.Identities {
		id, err := loadIdentity(file)
		if err != nil {
			return nil, err
		}
		c.identities = append(c.identities, id)
	}
	var err error
	c.certificates, err = loadCertificates(auth.Certificates, auth.Identities)
	return c, err
}

// askPassword returns the password, and asks for it the first time; what cannot
// be had is not asked for again.
func (c *credentials) askPassword() (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.password == nil {
		password, err := c.auth.Password()
		if err != nil {
			err = fmt.Errorf("asking for the password: %w", err)
		}
		c.password = func() (string, error) { return password, err }
	}
	return c.password()
}

// attempt is one authentication: what was tried, and what went wrong.
type attempt struct {
	*credentials
	ctx     context.Context
	timer   stepTimer
	agent   *agentKeys // open until the attempt is closed, nil if none
	shown   []*userCertificate
	offered []string     // methods that the server offers
	passed  []string     // methods that succeeded, and were not enough
	tried   []string     // methods that were tried, the last one is what succeeded
	notes   []string     // why something could not be used
	hushed  bool         // the password has answered a hidden question
	given   map[int]bool // which of Auth.Answers have been given
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
	if len(a.identities) > 0 || len(a.certificates) > 0 || a.auth.Agent != "" {
		m = append(m, gossh.PublicKeysCallback(a.signers))
	}
	if a.auth.Password != nil || a.auth.Challenge != nil || len(a.auth.Answers) > 0 {
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
	a.offered, a.passed = ctx.AllowedMethods, ctx.PartialSuccessMethods
	return nil, nil
}

// signers returns the keys to try, certificates first, then the identities, for servers allow few tries.
func (a *attempt) signers() ([]gossh.Signer, error) {
	a.tried = append(a.tried, "publickey")
	held := a.fromAgent()
	signers := a.fromFiles(held)
	if a.agent != nil {
		a.agent.restart(a.timer.limit) // asking for passphrases took its time
	}
	for _, signer := range held {
		if !holds(signers, signer.PublicKey()) && !a.left(signer.PublicKey()) {
			signers = append(signers, signer)
		}
	}
	signers = a.certified(signers)
	if !a.legacy {
		for i, signer := range signers {
			signers[i] = modern(signer)
		}
	}
	return signers, nil
}

// fromAgent returns the keys that the agent holds.
func (a *attempt) fromAgent() []gossh.Signer {
	if a.auth.Agent == "" {
		return nil
	}
	if a.agent == nil {
		keys, err := openAgent(a.ctx, a.auth.Agent, a.timer.limit)
		if err != nil {
			a.notes = append(a.notes, err.Error())
			return nil
		}
		a.agent = keys
	}
	if len(a.agent.signers) == 0 {
		a.notes = append(a.notes, "the SSH agent holds no keys: add one with ssh-add, or unlock the agent with ssh-add -X")
	}
	return a.agent.signers
}

// left tells whether a key of the agent is not to be used.
func (a *attempt) left(key gossh.PublicKey) bool {
	if !a.auth.IdentitiesOnly {
		return false
	}
	if cert := heldCertificate(key); cert != nil {
		key = cert.Key
	}
	named := func(id *identity) bool { return id.public != nil && same(id.public, key) }
	return !slices.ContainsFunc(a.identities, named)
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
		if id.pem == nil {
			a.notes = append(a.notes, fmt.Sprintf("the identity %s is a public key, and the SSH agent does not hold its private one", id.file))
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
	return slices.ContainsFunc(signers, func(s gossh.Signer) bool { return same(s.PublicKey(), public) })
}

// sendPassword answers the method "password" (RFC 4252 §8).
func (a *attempt) sendPassword() (password string, err error) {
	a.tried = append(a.tried, "password")
	a.timer.without(func() { password, err = a.askPassword() })
	return password, a.noted(err)
}

// noted keeps err for the message of a failed authentication.
func (a *attempt) noted(err error) error {
	if err != nil {
		a.notes = append(a.notes, err.Error())
	}
	return err
}

// failed explains why the server did not accept the user.
func (a *attempt) failed(c Config, cause error) *Error {
	advice := fmt.Sprintf("The server offers %s; tried: %s", list(a.offered), list(a.tried))
	if len(a.passed) > 0 {
		advice += fmt.Sprintf(" (%s was accepted, and more is asked for)", list(a.passed))
	}
	if reasons := a.reasons(c.User); len(reasons) > 0 {
		advice += " (" + strings.Join(reasons, "; ") + ")"
	}
	if c.Jump {
		advice += ". Check the user name, and give the jump host a password or a key in the jumps of a target file or in the ssh config"
	} else {
		advice += ". Check the user name, and give a password (--password-env) or a key (--identity) that the server accepts"
	}
	cause = plainCause(cause)
	switch {
	case strings.HasPrefix(cause.Error(), "ssh: unable to authenticate"):
		cause = nil // the advice says it better
	case strings.Contains(cause.Error(), "no common public key signature algorithm"):
		advice += ". A server that knows RSA keys with SHA-1 only takes --legacy-algorithms"
	}
	return &Error{Kind: ErrAuthentication, Address: c.Address,
		Doing: fmt.Sprintf("authenticating user %q at", c.User), Advice: advice, Cause: cause}
}

// reasons are what may have kept the server from accepting the user.
func (a *attempt) reasons(user string) []string {
	reasons := slices.Clone(a.notes)
	if a.auth.Agent == "" && a.auth.NoAgent != "" && slices.Contains(a.offered, "publickey") && !slices.Contains(a.tried, "publickey") {
		reasons = append(reasons, a.auth.NoAgent)
	}
	return append(reasons, a.doubts(user, time.Now())...)
}

// list joins names, or says that there are none.
func list(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return strings.Join(names, ", ")
}
