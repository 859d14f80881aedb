package suites

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/transport/ssh"
)

// Unusable is the error of what a login takes, such as a key file or an ssh config, and cannot be used.
type Unusable struct{ Err error }

// Error says what is wrong, and what can be done.
func (u *Unusable) Error() string { return u.Err.Error() }

// Unwrap gives the cause.
func (u *Unusable) Unwrap() error { return u.Err }

// throughSSH completes the way to a target by the ssh config, and makes the jump hosts that lead to it.
func (a *Ask) throughSSH(t *target.Target) error {
	if t.Transport != target.SSH {
		return nil
	}
	config, err := t.LoadSSHConfig()
	if err == nil {
		err = t.Follow(config)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return err
	case err != nil:
		return &Unusable{fmt.Errorf("%w. Mend it, name another ssh config with --ssh-config FILE, or do without one: --ssh-config none", err)}
	}
	a.Passphrase = onceAFile(a.Passphrase)
	for _, jump := range t.Jumps {
		if a.via, err = jumpDialer(t, jump, *a); err != nil {
			return err
		}
	}
	return nil
}

// onceAFile asks for each passphrase once, for one key may open several doors.
func onceAFile(ask func(file string) (string, error)) func(file string) (string, error) {
	if ask == nil {
		return nil
	}
	var mu sync.Mutex
	known := map[string]string{}
	return func(file string) (string, error) {
		mu.Lock()
		defer mu.Unlock()
		if words, ok := known[file]; ok {
			return words, nil
		}
		words, err := ask(file)
		if err == nil {
			known[file] = words
		}
		return words, err
	}
}

// sshDialer makes the way to a target for one of its users by SSH.
func sshDialer(t *target.Target, login target.Login, ask Ask) (*ssh.Dialer, error) {
	policy, err := ssh.ParseHostKey(t.HostKey, t.KnownHosts, ask.HostKey)
	if err != nil {
		return nil, fmt.Errorf("--host-key: %w", err)
	}
	return newSSH(ssh.Config{Address: t.Address, User: login.User, Auth: authentication(t.Address, login, ask), HostKey: policy,
		HostKeyAlias: t.HostKeyAlias, Via: ask.via, Legacy: t.LegacyAlgorithms, Timeout: connecting(t)})
}

// jumpDialer makes the way to a jump host. Where nothing says which key opens it, the target's may.
func jumpDialer(t *target.Target, jump target.Jump, ask Ask) (*ssh.Dialer, error) {
	if len(jump.Identities) == 0 {
		jump.Identities = t.Identities
		if len(jump.Certificates) == 0 {
			jump.Certificates = t.Certificates
		}
		if jump.Passphrase == nil {
			jump.Passphrase = t.Passphrase
		}
	}
	policy, err := ssh.ParseHostKey(jump.HostKey, jump.KnownHosts, ask.HostKey)
	if err != nil {
		return nil, fmt.Errorf("jump host %s: host-key: %w", jump.Address, err)
	}
	return newSSH(ssh.Config{Address: jump.Address, User: jump.User, Auth: authentication(jump.Address, jump.Login, ask), HostKey: policy,
		HostKeyAlias: jump.HostKeyAlias, Via: ask.via, Jump: true, Legacy: jump.LegacyAlgorithms, Timeout: connecting(t)})
}

func newSSH(c ssh.Config) (*ssh.Dialer, error) {
	d, err := ssh.New(c)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, err // a wrong name, and wrong usage
	case err != nil:
		return nil, &Unusable{err}
	}
	return d, nil
}

// authentication is what a user can prove to be themselves with, or be asked for.
func authentication(address string, login target.Login, ask Ask) ssh.Auth {
	auth := ssh.Auth{Identities: login.Identities, Certificates: login.Certificates, IdentitiesOnly: login.IdentitiesOnly,
		Passphrase: ask.Passphrase, Challenge: ask.Challenge}
	if secret := login.Passphrase; secret != nil {
		auth.Passphrase = func(string) (string, error) { return secret.Read(context.Background()) }
	}
	auth.Password = password(address, login, ask)
	auth.Agent = cmp.Or(login.Agent, os.Getenv("SSH_AUTH_SOCK"))
	switch {
	case login.Agent == target.NoAgent:
		auth.Agent, auth.NoAgent = "", "the SSH agent is left alone, as the target file or the ssh config says"
	case auth.Agent == "":
		auth.NoAgent = "there is no SSH agent: SSH_AUTH_SOCK is not set"
	}
	for _, prompt := range login.Prompts {
		answer := prompt.Answer
		auth.Answers = append(auth.Answers, ssh.Answer{Prompt: prompt.Prompt,
			Give: func() (string, error) { return answer.Read(context.Background()) }})
	}
	return ask.overhearing(auth, login.User)
}

// password is how the password is had, nil for not at all.
func password(address string, login target.Login, ask Ask) func() (string, error) {
	if secret := login.Password; secret != nil {
		return func() (string, error) { return secret.Read(context.Background()) }
	}
	if login.PasswordEnv != "" {
		if text, set := os.LookupEnv(login.PasswordEnv); set {
			ask.know(login.User, text) // whether it is asked for or not
			return ssh.FixedPassword(text)
		}
	}
	if ask.Password == nil {
		return nil
	}
	return func() (string, error) { return ask.Password(login.User, address) }
}
