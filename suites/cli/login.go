package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/suites"
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

// ask is how the user at the terminal can be asked; where there is no terminal nobody is.
func ask(s streams) suites.Ask {
	if !terminal(s.in) {
		return suites.Ask{Passphrase: func(string) (string, error) { return secret(s, "") }}
	}
	return suites.Ask{HostKey: confirm(s),
		Password: func(user, address string) (string, error) {
			return secret(s, fmt.Sprintf("password of %s at %s", user, address))
		},
		Passphrase: func(file string) (string, error) { return secret(s, "passphrase of "+file) }}
}

// confirm asks on a terminal whether a host key is the right one.
func confirm(s streams) func(address, fingerprint string) bool {
	return func(address, fingerprint string) bool {
		fmt.Fprintf(s.err, "The host key of %s is not known: %s\nGo on with it, this time? (yes/no) ", address, fingerprint)
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
