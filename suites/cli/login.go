package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/suites"
)

// defaultPasswordEnv is the environment variable that holds the password.
const defaultPasswordEnv = "NCSPEC_PASSWORD"

// login is what the flags say of reaching a target.
type login struct {
	passwordEnv string
	identities  []string
	hostKey     string
	sshConfig   string
	jump        string
	legacy      bool

	certificates certificates
}

// loginHelp says which of several sources counts.
const loginHelp = "How a target is reached: flags go before the target file, that before the ssh config (~/.ssh/config), that before defaults.\n"

func (l *login) flags(f *pflag.FlagSet) {
	f.StringVar(&l.passwordEnv, "password-env", "", "environment `variable` that holds the password (default "+defaultPasswordEnv+")")
	f.StringArrayVar(&l.identities, "identity", nil, "private key `file`; may be repeated")
	l.certificates.flags(f)
	f.StringVar(&l.hostKey, "host-key", "", "known-hosts, accept, or the SHA256:… `fingerprint` (default known-hosts)")
	f.StringVar(&l.sshConfig, "ssh-config", "", "OpenSSH client configuration `file`, or none (default ~/.ssh/config)")
	f.StringVar(&l.jump, "jump", "", "SSH jump `hosts` on the way, [user@]host[:port], separated by commas, or none")
	f.BoolVar(&l.legacy, "legacy-algorithms", false, "offer SSH algorithms that are no longer considered secure too; the report says so")
}

// apply puts the flags over what the target file says.
func (l *login) apply(t *target.Target) error {
	if l.passwordEnv != "" {
		t.PasswordEnv, t.Password = l.passwordEnv, nil
	}
	if t.PasswordEnv == "" {
		t.PasswordEnv = defaultPasswordEnv
	}
	if len(l.identities) > 0 {
		t.Identities, t.Certificates = l.identities, nil
	}
	if l.hostKey != "" {
		t.HostKey = l.hostKey
	}
	if l.sshConfig != "" {
		t.SSHConfig = l.sshConfig
	}
	t.LegacyAlgorithms = t.LegacyAlgorithms || l.legacy
	return l.applyJump(t)
}

// applyJump reads --jump.
func (l *login) applyJump(t *target.Target) (err error) {
	switch l.jump {
	case "":
	case "none":
		t.Jumps = []target.Jump{}
	default:
		if t.Jumps, err = target.ParseJumps(strings.Split(l.jump, ",")); err != nil {
			return fmt.Errorf("--jump: %w", err)
		}
	}
	return nil
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
		Passphrase: func(file string) (string, error) { return secret(s, "passphrase of "+file) },
		Challenge: func(name, instruction string, questions []string, echo []bool) ([]string, error) {
			return challenge(s, name, instruction, questions, echo)
		}}
}

// challenge asks what a server asks by keyboard-interactive (RFC 4256 §3.3). Nothing that it sends acts on the terminal.
func challenge(s streams, name, instruction string, questions []string, echo []bool) ([]string, error) {
	for _, text := range []string{name, instruction} {
		if text = strings.TrimSpace(text); text != "" {
			fmt.Fprintln(s.err, verdict.Printable(text))
		}
	}
	reader := bufio.NewReader(s.in)
	answers := make([]string, len(questions))
	for i, question := range questions {
		question = strings.TrimRight(verdict.Printable(question), ": ")
		if !echo[i] {
			hidden, err := secret(s, question)
			if err != nil {
				return nil, err
			}
			answers[i] = hidden
			continue
		}
		fmt.Fprintf(s.err, "%s: ", question)
		line, err := reader.ReadString('\n')
		if err != nil {
			return nil, fmt.Errorf("reading it from the terminal: %w", err)
		}
		answers[i] = strings.TrimRight(line, "\r\n")
	}
	return answers, nil
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
	answer, err := hidden(int(file.Fd()))
	_, _ = io.WriteString(s.err, "\n")
	if err != nil {
		return "", fmt.Errorf("reading it from the terminal: %w", err)
	}
	return answer, nil
}

// errAway is why nothing was read: the user would rather leave.
var errAway = errors.New("interrupted")

// hidden reads a line from a terminal without showing it. A signal ends that: whoever else listens for signals would leave
// the terminal without its echo.
func hidden(fd int) (string, error) {
	before, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	type line struct {
		text []byte
		err  error
	}
	read := make(chan line, 1)
	go func() {
		text, err := term.ReadPassword(fd)
		read <- line{text, err}
	}()
	select {
	case l := <-read:
		return string(l.text), l.err
	case <-signals:
		return "", errors.Join(errAway, term.Restore(fd, before))
	}
}
