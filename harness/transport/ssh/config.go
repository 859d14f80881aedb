// Package ssh is the SSH transport of NETCONF (RFC 6242): it connects,
// identifies the server, authenticates the user, and opens the subsystem
// "netconf" on as many channels as are wanted. Every step has a limit, and
// every failure says what to do next.
package ssh

import (
	"errors"
	"fmt"
	"net"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// DefaultTimeout is the limit of each step when Config.Timeout is zero.
const DefaultTimeout = 10 * time.Second

// subsystem is the SSH subsystem that NETCONF runs in (RFC 6242 §3).
const subsystem = "netconf"

// Config says how to reach one server as one user.
type Config struct {
	// Address is "host:port", an IPv6 host in brackets.
	Address string
	// User is the SSH user name; it must not be empty.
	User string
	// Auth holds what the user can prove to be themselves with.
	Auth Auth
	// HostKey decides whether the server is the right one; nil is refused.
	HostKey HostKeyPolicy
	// HostKeyAlias is the name that known_hosts files and host certificates
	// have for the server; "" its address.
	HostKeyAlias string
	// Via is the last jump host on the way, nil for none. It may have one of
	// its own. All connections of a Dialer share one to the jump host.
	Via *Dialer
	// Jump says that this server is a jump host: errors call it one.
	Jump bool
	// Legacy offers algorithms too that are no longer considered secure, and
	// signs for the user with SHA-1 where the server knows nothing better.
	Legacy bool
	// Timeout bounds each step: TCP connection, key exchange, each
	// authentication method, channel, subsystem. Zero means DefaultTimeout.
	// The time that somebody takes to answer a question does not count.
	Timeout time.Duration
	// Algorithms restricts what is offered to the server; an empty list means
	// all that golang.org/x/crypto/ssh has without security issues, and with
	// Legacy those that have some. PublicKeyAuths is not used.
	Algorithms gossh.Algorithms
}

// Auth lists the means of authentication. They are tried in this order, as far
// as the server offers them: identities, agent, keyboard-interactive, password.
// Answers are asked for when they are needed, and once for all connections of
// a Dialer.
type Auth struct {
	// Identities are files of private keys, PEM or OpenSSH format. A file of a
	// public key names a key that the agent holds.
	Identities []string
	// Certificates are files of user certificates. FILE-cert.pub beside an
	// identity FILE is taken without being named.
	Certificates []string
	// IdentitiesOnly leaves keys of the agent alone that are in no file.
	IdentitiesOnly bool
	// Passphrase is asked for the passphrase of an encrypted identity; nil
	// makes an encrypted identity unusable, unless the agent holds it.
	Passphrase func(file string) (string, error)
	// Agent is the path of the agent's socket, as in $SSH_AUTH_SOCK; "" is none.
	Agent string
	// NoAgent tells in messages why Agent is "".
	NoAgent string
	// Password is asked for the password, which also answers a single hidden
	// question of keyboard-interactive (RFC 4256); nil is none.
	Password func() (string, error)
	// Answers are known beforehand, for questions of keyboard-interactive.
	Answers []Answer
	// Challenge is asked whatever else keyboard-interactive wants to know: one
	// answer a question. It may be nil.
	Challenge func(name, instruction string, questions []string, echo []bool) ([]string, error)
}

// Answer is what a question of keyboard-interactive is answered with.
type Answer struct {
	// Prompt is a part of the question, in whatever case.
	Prompt string
	// Give is asked for the answer each time, for it may be good only once.
	Give func() (string, error)
}

// FixedPassword is an Auth.Password that is known beforehand.
func FixedPassword(password string) func() (string, error) {
	return func() (string, error) { return password, nil }
}

// check refuses a configuration that no connection can be made with.
func (c Config) check() error {
	if _, _, err := net.SplitHostPort(c.Address); err != nil {
		return fmt.Errorf("the address %q is not host:port: %w", c.Address, err)
	}
	if c.User == "" {
		return errors.New("no user name: write ssh://user@host:port")
	}
	if c.HostKey == nil {
		return errors.New("no host key policy: one of KnownHosts, Pinned, Accept must be chosen")
	}
	if c.Timeout < 0 {
		return fmt.Errorf("the timeout %v is negative", c.Timeout)
	}
	return nil
}
