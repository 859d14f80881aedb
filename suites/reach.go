package suites

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/transport/ssh"
)

// Ask is how somebody can be asked for what a login takes; the zero value asks nobody.
type Ask struct {
	HostKey    func(address, fingerprint string) bool     // whether a host key that is not known is the right one
	Password   func(user, address string) (string, error) // where the target's environment variable is not set
	Passphrase func(file string) (string, error)          // of an encrypted identity
}

// Reach makes the ways to o.Target as the target says: by SSH, with the password from its environment variable, its
// identities and the agent. A second user is reached too where the target has one. The error says what is wrong with
// the settings; nothing is connected to. Run, Test and Register do so by themselves where o.Dialer is nil.
func (o *Options) Reach(ask Ask) error {
	t := o.Target
	var err error
	o.Dialer, err = dialer(t, target.Login{User: t.User, PasswordEnv: t.PasswordEnv, Identities: t.Identities}, ask)
	if err == nil && t.SecondUser != nil {
		o.Second, err = dialer(t, *t.SecondUser, ask)
	}
	return err
}

// connectAtLeast is the least that a step of connecting may take: keys take their time whatever the grace.
const connectAtLeast = time.Second

func dialer(t *target.Target, login target.Login, ask Ask) (transport.Dialer, error) {
	policy, err := ssh.ParseHostKey(t.HostKey, knownHosts(), ask.HostKey)
	if err != nil {
		return nil, fmt.Errorf("--host-key: %w", err)
	}
	auth := ssh.Auth{Identities: login.Identities, Agent: os.Getenv("SSH_AUTH_SOCK"), Passphrase: ask.Passphrase}
	if password, set := os.LookupEnv(login.PasswordEnv); set {
		auth.Password = ssh.FixedPassword(password)
	} else if ask.Password != nil {
		auth.Password = func() (string, error) { return ask.Password(login.User, t.Address) }
	}
	return ssh.New(ssh.Config{Address: t.Address, User: login.User, Auth: auth, HostKey: policy,
		Timeout: max(2*t.Grace, connectAtLeast)})
}

// knownHosts are the user's own files that exist.
func knownHosts() []string {
	var files []string
	if home, err := os.UserHomeDir(); err == nil {
		files = append(files, filepath.Join(home, ".ssh", "known_hosts"))
	}
	files = append(files, "/etc/ssh/ssh_known_hosts")
	var there []string
	for _, file := range files {
		if _, err := os.Stat(file); err == nil {
			there = append(there, file)
		}
	}
	return there
}
