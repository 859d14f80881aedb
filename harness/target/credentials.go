package target

import (
	"strconv"
	"time"

	"github.com/ncspec/ncspec/harness/transport/sshconfig"
)

// Credentials are what a user logs in with, beside a password in an environment
// variable and private key files.
type Credentials struct {
	// Password says where the password is; nil leaves it to PasswordEnv.
	Password *Secret
	// Passphrase says where the passphrase of encrypted identities is; nil has it asked for.
	Passphrase *Secret
	// Certificates are files of SSH user certificates.
	Certificates []string
	// IdentitiesOnly leaves alone what the SSH agent holds beside the identities.
	IdentitiesOnly bool
	// Agent is the socket of the SSH agent, NoAgent for none, "" for that of SSH_AUTH_SOCK.
	Agent string
	// Prompts answer questions of keyboard-interactive (RFC 4256).
	Prompts []Prompt
}

// NoAgent as an agent is none.
const NoAgent = sshconfig.None

// Prompt is the answer to a question of keyboard-interactive.
type Prompt struct {
	// Prompt is a part of the question, in whatever case.
	Prompt string
	// Answer says where the answer is. It is fetched each time.
	Answer Secret
}

// Jump is a host on the way to the target.
type Jump struct {
	Login
	// Address is "host:port", an IPv6 host in brackets.
	Address string
	// HostKey is as in Target.
	HostKey string
	// HostKeyAlias is as in Target.
	HostKeyAlias string
	// KnownHosts is as in Target.
	KnownHosts []string
	// LegacyAlgorithms is as in Target.
	LegacyAlgorithms bool
	implied          implied // what nobody has said
}

// implied tells which parts of an address are defaults, which the ssh config may replace.
type implied struct{ user, port bool }

// The shape of credentials in a target file.
type (
	fileCredentials struct {
		PasswordEnv    string       `yaml:"password-env"`
		Password       *fileSecret  `yaml:"password"`
		Passphrase     *fileSecret  `yaml:"passphrase"`
		Identities     []string     `yaml:"identities"`
		IdentitiesOnly bool         `yaml:"identities-only"`
		Certificates   []string     `yaml:"certificates"`
		Agent          string       `yaml:"agent"`
		Prompts        []filePrompt `yaml:"prompts"`
	}
	fileSecret struct {
		Env     string   `yaml:"env"`
		File    string   `yaml:"file"`
		Command []string `yaml:"command"`
		Shell   string   `yaml:"shell"`
		Timeout string   `yaml:"timeout"`
	}
	filePrompt struct {
		Prompt string     `yaml:"prompt"`
		Answer fileSecret `yaml:"answer"`
	}
	fileLogin struct {
		User        string          `yaml:"user"`
		Credentials fileCredentials `yaml:",inline"`
		Certificate string          `yaml:"tls-certificate"`
		Key         string          `yaml:"tls-key"`
	}
	fileJump struct {
		Login            fileLogin `yaml:",inline"`
		Address          string    `yaml:"address"`
		HostKey          string    `yaml:"host-key"`
		HostKeyAlias     string    `yaml:"host-key-alias"`
		LegacyAlgorithms bool      `yaml:"legacy-algorithms"`
	}
)

// login reads the user at a location of the file, and what they log in with.
func (d *document) login(at []string, f fileLogin, defaultEnv string) Login {
	l := Login{User: f.User, PasswordEnv: defaultEnv, Certificate: d.resolved(f.Certificate), Key: d.resolved(f.Key)}
	d.credentials(at, f.Credentials, &l)
	return l
}

// credentials reads what a user logs in with.
func (d *document) credentials(at []string, f fileCredentials, l *Login) {
	l.Identities = d.files(f.Identities)
	if f.PasswordEnv != "" && f.Password != nil {
		d.faultAtKey(at, "password", "%s: there is a password-env too: keep one of them", called(below(at, "password")))
	}
	set(&l.PasswordEnv, f.PasswordEnv)
	l.Password = d.secret(below(at, "password"), f.Password)
	if l.Password != nil && l.Password.Env != "" {
		l.PasswordEnv, l.Password = l.Password.Env, nil // one that is not set may be asked for
	}
	l.Passphrase = d.secret(below(at, "passphrase"), f.Passphrase)
	l.Certificates, l.IdentitiesOnly, l.Agent = d.files(f.Certificates), f.IdentitiesOnly, f.Agent
	if l.Agent != "" && l.Agent != NoAgent {
		l.Agent = d.files([]string{l.Agent})[0]
	}
	for i, p := range f.Prompts {
		answer := d.secret(below(at, "prompts", strconv.Itoa(i), "answer"), &p.Answer)
		l.Prompts = append(l.Prompts, Prompt{Prompt: p.Prompt, Answer: *answer})
	}
}

// below is a location inside another one.
func below(at []string, steps ...string) []string {
	return append(append([]string(nil), at...), steps...)
}

// secret reads where a secret is.
func (d *document) secret(at []string, f *fileSecret) *Secret {
	if f == nil {
		return nil
	}
	s := &Secret{Env: f.Env, Command: f.Command, Shell: f.Shell, Timeout: DefaultSecretTimeout}
	if f.File != "" {
		s.File = d.files([]string{f.File})[0]
	}
	if f.Timeout != "" {
		s.Timeout = d.duration(below(at, "timeout"), f.Timeout)
		if f.Command == nil && f.Shell == "" {
			d.fault(below(at, "timeout"), "%s: only a command or a shell command takes a timeout", called(below(at, "timeout")))
		}
	}
	return s
}

// duration reads one that must be more than zero.
func (d *document) duration(at []string, text string) time.Duration {
	value, err := time.ParseDuration(text)
	if err != nil || value <= 0 {
		d.fault(at, "%s must be a duration of more than zero, such as 5s", called(at))
	}
	return value
}

// jumps reads the hosts on the way.
func (d *document) jumps(all []fileJump) []Jump {
	if all == nil {
		return nil
	}
	jumps := []Jump{} // none, whatever the ssh config says
	for i, f := range all {
		at := []string{"jumps", strconv.Itoa(i)}
		j := Jump{Login: d.login(at, f.Login, ""), HostKey: KnownHosts, HostKeyAlias: f.HostKeyAlias, LegacyAlgorithms: f.LegacyAlgorithms}
		set(&j.HostKey, f.HostKey)
		j.implied.user = f.Login.User == ""
		var err error
		if j.Address, j.implied.port, err = parseAddressOr(f.Address, sshPort); err != nil {
			d.fault(below(at, "address"), "%v", err)
		}
		jumps = append(jumps, j)
	}
	return jumps
}
