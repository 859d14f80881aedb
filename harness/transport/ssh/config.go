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
	// Timeout bounds each step: TCP connection, key exchange, each
	// authentication method, channel, subsystem. Zero means DefaultTimeout.
	// The time that somebody takes to answer a question does not count.
	Timeout time.Duration
	// Algorithms restricts what is offered to the server; an empty list means
	// the defaults of golang.org/x/crypto/ssh. PublicKeyAuths is not used.
	Algorithms gossh.Algorithms
}

// Auth lists the means of authentication. They are tried in this order, as far
// as the server offers them: identities, agent, keyboard-interactive, password.
// Answers are asked for when they are needed, and once for all connections of
// a Dialer.
type Auth struct {
	// Identities are files of private keys, PEM or OpenSSH format.
	Identities []string
	// Passphrase is asked for the passphrase of an encrypted identity; nil
	// makes an encrypted identity unusable, unless the agent holds it.
	Passphrase func(file string) (string, error)
	// Agent is the path of the agent's socket, as in $SSH_AUTH_SOCK; "" is none.
	Agent string
	// Password is asked for the password, which also answers a single hidden
	// question of keyboard-interactive (RFC 4256); nil is none.
	Password func() (string, error)
	// Challenge is asked whatever else keyboard-interactive wants to know: one
	// answer a question. It may be nil.
	Challenge func(name, instruction string, questions []string, echo []bool) ([]string, error)
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
