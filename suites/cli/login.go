package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/transport/ssh"
)

// defaultPasswordEnv is the environment variable that holds the password.
const defaultPasswordEnv = "NCSPEC_PASSWORD"

// login is what the flags say of reaching a target.
type login struct {
	passwordEnv string
	identities  []string
	hostKey     string
}

func (l *login) flags(f *pflag.FlagSet) {
	f.StringVar(&l.passwordEnv, "password-env", "", "environment `variable` that holds the password (default "+defaultPasswordEnv+")")
	f.StringArrayVar(&l.identities, "identity", nil, "private key `file`; may be repeated")
	f.StringVar(&l.hostKey, "host-key", "", "known-hosts, accept, or the SHA256:… `fingerprint` (default known-hosts)")
}

// apply puts the flags over what the target file says.
func (l *login) apply(t *target.Target) {
	if l.passwordEnv != "" {
		t.PasswordEnv = l.passwordEnv
	}
	if t.PasswordEnv == "" {
		t.PasswordEnv = defaultPasswordEnv
	}
	if len(l.identities) > 0 {
		t.Identities = l.identities
	}
	if l.hostKey != "" {
		t.HostKey = l.hostKey
	}
}

// dialer makes the way to a target as one user. The error says what is wrong with the settings; nothing is connected to.
func dialer(t *target.Target, user, passwordEnv string, identities []string, s streams) (transport.Dialer, error) {
	policy, err := ssh.ParseHostKey(t.HostKey, knownHosts(), confirm(s))
	if err != nil {
		return nil, fmt.Errorf("--host-key: %w", err)
	}
	ask := func(prompt string) func() (string, error) { return func() (string, error) { return secret(s, prompt) } }
	auth := ssh.Auth{Identities: identities, Agent: os.Getenv("SSH_AUTH_SOCK"),
		Passphrase: func(file string) (string, error) { return secret(s, "passphrase of "+file) }}
	if password, set := os.LookupEnv(passwordEnv); set {
		auth.Password = ssh.FixedPassword(password)
	} else if terminal(s.in) {
		auth.Password = ask(fmt.Sprintf("password of %s at %s", user, t.Address))
	}
	return ssh.New(ssh.Config{Address: t.Address, User: user, Auth: auth, HostKey: policy})
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

// confirm asks on a terminal whether a host key is the right one; nil where there is nobody to ask.
func confirm(s streams) func(fingerprint string) bool {
	if !terminal(s.in) {
		return nil
	}
	return func(fingerprint string) bool {
		fmt.Fprintf(s.err, "The server's host key is not known: %s\nGo on with it, this time? (yes/no) ", fingerprint)
		answer, _ := bufio.NewReader(s.in).ReadString('\n')
		return strings.TrimSpace(answer) == "yes"
	}
}

// secret asks for something that must not be seen.
func secret(s streams, prompt string) (string, error) {
	file, ok := s.in.(*os.File)
	if !ok || !terminal(s.in) {
		return "", errors.New("it is needed, and there is no terminal to ask at: set " + defaultPasswordEnv + " or use --identity with a key that is not encrypted, or ssh-agent")
	}
	fmt.Fprintf(s.err, "%s: ", prompt)
	answer, err := term.ReadPassword(int(file.Fd()))
	_, _ = io.WriteString(s.err, "\n")
	if err != nil {
		return "", fmt.Errorf("reading it from the terminal: %w", err)
	}
	return string(answer), nil
}
