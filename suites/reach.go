package suites

import (
	"time"

	"github.com/ncspec/ncspec/harness/redact"
	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/transport/ssh"
)

// Ask is how somebody can be asked for what a login takes; the zero value asks nobody.
type Ask struct {
	HostKey    func(address, fingerprint string) bool     // whether a host key that is not known is the right one
	Password   func(user, address string) (string, error) // where the target's environment variable is not set
	Passphrase func(file string) (string, error)          // of an encrypted identity
	// Challenge is asked what a server asks by keyboard-interactive beside the password: one answer a question.
	Challenge func(name, instruction string, questions []string, echo []bool) ([]string, error)

	via      *ssh.Dialer      // the last jump host on the way, nil for none
	redactor *redact.Redactor // is told the credentials
}

// Reach makes the ways to o.Target as the target says, and the ssh config where the target is silent. A second user and the
// odd one are reached too where the target has them. The error says what is wrong with the settings; nothing is connected
// to. Run, Test and Register do so by themselves where o.Dialer is nil.
func (o *Options) Reach(ask Ask) error {
	t := o.Target
	redactor, err := redact.New(t.SecretLeaves...)
	if err != nil {
		return err
	}
	o.redactor, ask.redactor = redactor, redactor // new ones: the target may have been another before
	if err := ask.throughSSH(t); err != nil {
		return err
	}
	o.Dialer, err = dialer(t, target.Login{User: t.User, PasswordEnv: t.PasswordEnv, Identities: t.Identities, Credentials: t.Credentials,
		Certificate: t.TLS.Certificate, Key: t.TLS.Key}, ask)
	if err == nil {
		o.Second, err = secondDialer(t, ask)
	}
	if err == nil && t.OddUser != nil {
		o.odd, err = dialer(t, *t.OddUser, ask)
	}
	return err
}

// connectAtLeast is the least that a step of connecting may take: keys take their time whatever the grace.
const connectAtLeast = time.Second

// connecting is the limit of each step of connecting.
func connecting(t *target.Target) time.Duration {
	if t.ConnectTimeout > 0 {
		return t.ConnectTimeout
	}
	return max(2*t.Grace, connectAtLeast)
}
