package ssh

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/ncspec/ncspec/harness/transport"
)

// What a failure is about, for errors.Is. Host keys have types of their own,
// ErrHostKeyUnknown, ErrHostKeyChanged and ErrHostCertificate, for errors.As.
var (
	// ErrUnreachable: no TCP connection, or the connection was lost.
	ErrUnreachable = transport.ErrUnreachable
	// ErrHandshake: whoever answers does not complete an SSH key exchange.
	ErrHandshake = errors.New("no SSH handshake")
	// ErrAuthentication: the server did not accept the user (RFC 4252).
	ErrAuthentication = errors.New("authentication failed")
	// ErrChannelRefused: the server opens no (more) session channel (RFC 4254 §5.1).
	ErrChannelRefused = errors.New("the server refused a session channel")
	// ErrNoSubsystem: the server has no subsystem "netconf" (RFC 6242 §3).
	ErrNoSubsystem = errors.New("the server offers no NETCONF over SSH")
	// ErrTimeout: a step did not end within its limit.
	ErrTimeout = transport.ErrTimeout
)

// Error is a step that failed: what kind of failure it is, one of the Err… values above, and what can be done.
type Error = transport.Error

// ErrHostKeyUnknown is a host key that nothing here vouches for.
type ErrHostKeyUnknown struct {
	Address     string // host:port
	KeyType     string // "ssh-ed25519"
	Fingerprint string // "SHA256:…", as ssh-keygen -l prints it
	Authority   string // fingerprint of the CA that signed the key, "" if none did
	Jump        bool   // it is a jump host's
}

// Error shows the fingerprint, and how to accept it.
func (e ErrHostKeyUnknown) Error() string {
	shows := fmt.Sprintf("%s shows an unknown %s host key, %s", e.Address, e.KeyType, e.Fingerprint)
	if e.Authority != "" {
		shows += fmt.Sprintf(", with a certificate of the unknown CA %s (known_hosts may name it as @cert-authority)", e.Authority)
	}
	if e.Jump {
		return shows + fmt.Sprintf(". If that is the jump host's key, add it to known_hosts, "+
			"or give host-key: %s at this jump in a target file", e.Fingerprint)
	}
	return shows + fmt.Sprintf(". If that is the server's key, give --host-key %s or add the key to known_hosts; "+
		"--host-key accept takes any key, and the report says so", e.Fingerprint)
}

// ErrHostCertificate is a host certificate of a known CA that does not count,
// for a key that nothing else vouches for.
type ErrHostCertificate struct {
	Address string // host:port
	ID      string // that the CA gave it
	Fault   string // "expired on …"
	Jump    bool   // it is a jump host's
}

// Error tells what is wrong with the certificate, and who can mend it.
func (e ErrHostCertificate) Error() string {
	return fmt.Sprintf("%s shows the host certificate %q, which %s. Have the CA sign a new one for this name, "+
		"say with host-key-alias (HostKeyAlias) which name it is for, or add the host's own key to known_hosts", e.Address, e.ID, e.Fault)
}

// ErrHostKeyChanged is a host key other than the one that is expected.
type ErrHostKeyChanged struct {
	Address     string // host:port
	KeyType     string
	Fingerprint string // of the key shown, "SHA256:…"
	Expected    string // what says otherwise: a fingerprint, or known_hosts file and line
	Jump        bool   // it is a jump host's
}

// Error warns, and tells how to go on if the change is wanted.
func (e ErrHostKeyChanged) Error() string {
	give := "--host-key " + e.Fingerprint
	if e.Jump {
		give = "host-key: " + e.Fingerprint + " at this jump in a target file"
	}
	return fmt.Sprintf("%s shows the %s host key %s, but %s is expected: "+
		"the key was changed, or somebody is in between. "+
		"If the new key is right, remove the old entry from known_hosts or give %s",
		e.Address, e.KeyType, e.Fingerprint, e.Expected, give)
}

// timedOut reports whether err is a limit that ran out, of a connection or a context.
func timedOut(err error) bool {
	var n net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &n) && n.Timeout()
}

// timeoutError says which step took longer than limit.
func timeoutError(address, doing string, limit time.Duration, cause error) *Error {
	return &Error{Kind: ErrTimeout, Address: address, Doing: doing,
		Advice: fmt.Sprintf("The server gave no answer for %v; check that it is NETCONF over SSH "+
			"that listens there, and that the server is not overloaded", limit),
		Cause: cause}
}

// cancelled tells that ctx ended, and why if its owner said so.
func cancelled(ctx context.Context) error {
	if cause := context.Cause(ctx); cause != ctx.Err() {
		return fmt.Errorf("%w: %w", ctx.Err(), cause)
	}
	return ctx.Err()
}

// plainCause strips the wrapping of the SSH library, which repeats what our own
// message says, and says in plain words that the peer hung up.
func plainCause(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	if err == io.EOF {
		return errors.New("the server ended the connection")
	}
	return err
}
