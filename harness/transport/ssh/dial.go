package ssh

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"

	gossh "golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/transport"
)

// Dialer connects to one server as one user. Its methods may be called from
// several goroutines.
type Dialer struct {
	config      Config
	credentials *credentials
	carrier     *carrier // where the server is a jump host
}

// At implements transport.Mover: a dialer for another address, which asks for nothing that this one knows already.
func (d *Dialer) At(address string) transport.Dialer {
	moved := *d
	moved.config.Address = address
	return &moved
}

// New checks the configuration and reads the identity files; it does not
// connect.
func New(config Config) (*Dialer, error) {
	if config.Timeout == 0 {
		config.Timeout = DefaultTimeout
	}
	if err := config.check(); err != nil {
		return nil, fmt.Errorf("preparing the SSH connection: %w", err)
	}
	credentials, err := newCredentials(config.Auth, config.Legacy)
	if err != nil {
		return nil, fmt.Errorf("preparing the SSH connection: %w", err)
	}
	return &Dialer{config: config, credentials: credentials, carrier: &carrier{}}, nil
}

// Dial connects and authenticates; the result is a *Conn. The error is an
// *Error, an ErrHostKeyUnknown, ErrHostKeyChanged or ErrHostCertificate, or
// that of ctx.
func (d *Dialer) Dial(ctx context.Context) (transport.Conn, error) {
	raw, err := d.connect(ctx)
	if err != nil {
		return nil, err
	}
	return d.over(ctx, raw)
}

// Over does the rest on a TCP connection that is there, such as one that the
// server made (RFC 8071), and takes it over: it is closed when that fails.
func (d *Dialer) Over(ctx context.Context, raw net.Conn) (transport.Conn, error) {
	tcp, able := raw.(*net.TCPConn)
	if !able {
		return nil, fmt.Errorf("SSH on a %T: it takes a TCP connection", raw)
	}
	return d.over(ctx, newWatchedConn(tcp))
}

// over exchanges keys and authenticates.
func (d *Dialer) over(ctx context.Context, raw *watchedConn) (transport.Conn, error) {
	shake := d.newHandshake(ctx, raw)
	// The library knows no context: ending its connection ends its handshake.
	stop := context.AfterFunc(ctx, func() { _ = raw.Close() })
	conn, err := await(ctx, shake.run, func(c *Conn) { _ = c.Abort() })
	if !stop() {
		return nil, fmt.Errorf("connecting to %s: %w", d.config.Address, cancelled(ctx))
	}
	if err != nil {
		_ = raw.Close()
		return nil, err
	}
	return conn, nil
}

// connect makes the connection below SSH.
func (d *Dialer) connect(ctx context.Context) (*watchedConn, error) {
	address := d.config.Address
	if d.config.Via != nil {
		t, err := d.config.Via.tunnel(ctx, address)
		if err != nil {
			return nil, err
		}
		return newWatchedConn(t), nil
	}
	conn, err := (&net.Dialer{Timeout: d.config.Timeout}).DialContext(ctx, "tcp", address)
	if err == nil {
		return newWatchedConn(conn.(*net.TCPConn)), nil
	}
	const doing = "connecting to"
	if ctx.Err() != nil {
		return nil, fmt.Errorf("%s %s: %w", doing, address, cancelled(ctx))
	}
	if timedOut(err) {
		return nil, timeoutError(address, doing, d.config.Timeout, ErrUnreachable)
	}
	advice := "Check the host and the port (830 unless the address names one), and that the server runs"
	if d.config.Jump {
		advice = "Check the host and the port (22 unless the jump names one), and that the jump host runs"
	}
	return nil, &Error{Kind: ErrUnreachable, Address: address, Doing: doing, Cause: err, Advice: advice}
}

// handshake is one key exchange and authentication. Its fields belong to the
// goroutine that runs it until run returns.
type handshake struct {
	config   Config
	conn     *watchedConn
	attempt  *attempt
	timer    stepTimer
	hostKey  gossh.PublicKey // nil until the server has shown it
	verified string          // how the host key was verified
	refused  error           // why the host key was not accepted
}

func (d *Dialer) newHandshake(ctx context.Context, conn *watchedConn) *handshake {
	timer := stepTimer{conn: conn, limit: d.config.Timeout}
	return &handshake{config: d.config, conn: conn, timer: timer,
		attempt: &attempt{credentials: d.credentials, ctx: ctx, timer: timer, given: map[int]bool{}}}
}

func (h *handshake) peer() peer {
	return peer{h.config.Address, h.config.HostKeyAlias, h.config.Jump}
}

// run performs the handshake.
func (h *handshake) run() (*Conn, error) {
	defer h.attempt.close()
	h.timer.restart()
	sshConn, channels, requests, err := gossh.NewClientConn(h.conn, h.config.Address, h.clientConfig())
	if err != nil {
		return nil, h.explain(err)
	}
	h.timer.stop()
	return newConn(h.config, h.conn, sshConn, channels, requests, h.security(sshConn)), nil
}

func (h *handshake) clientConfig() *gossh.ClientConfig {
	algorithms := h.config.offers()
	hostKeys := algorithms.HostKeys
	if len(h.config.Algorithms.HostKeys) == 0 {
		hostKeys = hostKeyAlgorithms(hostKeys, h.config.HostKey.keyTypes(h.peer()))
	}
	return &gossh.ClientConfig{
		Config: gossh.Config{
			KeyExchanges: algorithms.KeyExchanges,
			Ciphers:      algorithms.Ciphers,
			MACs:         algorithms.MACs,
		},
		User:              h.config.User,
		Auth:              h.attempt.methods(),
		AuthCallback:      h.attempt.next,
		HostKeyAlgorithms: hostKeys,
		HostKeyCallback:   h.checkHostKey,
	}
}

// checkHostKey is called in every key exchange. The first one decides; later
// ones, in the middle of a session, must show the same key.
func (h *handshake) checkHostKey(address string, remote net.Addr, key gossh.PublicKey) error {
	if h.hostKey != nil {
		if same(h.hostKey, key) {
			return nil
		}
		return ErrHostKeyChanged{Address: address, KeyType: key.Type(), Fingerprint: gossh.FingerprintSHA256(plain(key)),
			Expected: gossh.FingerprintSHA256(plain(h.hostKey)), Jump: h.config.Jump}
	}
	h.timer.restart()
	h.verified, h.refused = h.config.HostKey.verify(h.peer(), remote, key, h.timer.without)
	if h.refused == nil {
		h.hostKey = key
	}
	return h.refused
}

// explain tells which step failed, and what to do.
func (h *handshake) explain(err error) error {
	address := h.config.Address
	if h.refused != nil {
		return fmt.Errorf("verifying the host key: %w", h.refused)
	}
	doing := "exchanging SSH keys with"
	if h.hostKey != nil {
		doing = "authenticating at"
	}
	var nothingShared *gossh.AlgorithmNegotiationError
	switch {
	case timedOut(err):
		return timeoutError(address, doing, h.config.Timeout, nil)
	case h.hostKey != nil:
		return h.attempt.failed(h.config, err)
	case errors.As(err, &nothingShared):
		return h.config.noCommon(nothingShared)
	}
	return &Error{Kind: ErrHandshake, Address: address, Doing: doing, Cause: plainCause(err),
		Advice: "Check that an SSH server listens there, and that it shares algorithms with this client"}
}

// security describes the connection for a report.
func (h *handshake) security(conn gossh.Conn) map[string]string {
	how := "none"
	if n := len(h.attempt.tried); n > 0 {
		how = list(append(slices.Clone(h.attempt.passed), h.attempt.tried[n-1]))
	}
	key := plain(h.hostKey)
	s := map[string]string{
		"transport":         "ssh",
		"user":              h.config.User,
		"authentication":    how,
		"host-key":          gossh.FingerprintSHA256(key),
		"host-key-type":     key.Type(),
		"host-key-verified": h.verified,
		"server-version":    string(conn.ServerVersion()),
		"client-version":    string(conn.ClientVersion()),
	}
	if cert, ok := h.hostKey.(*gossh.Certificate); ok {
		s["host-certificate"] = fmt.Sprintf("%q of the CA %s", cert.KeyId, gossh.FingerprintSHA256(cert.SignatureKey))
	}
	if h.config.Via != nil {
		s["jump-hosts"] = strings.Join(h.config.Via.route(), ", ")
	}
	// Ciphers that authenticate by themselves have no MAC: the value is "".
	if a, ok := conn.(gossh.AlgorithmsConnMetadata); ok {
		used := a.Algorithms()
		s["key-exchange"] = used.KeyExchange
		s["host-key-algorithm"] = used.HostKey
		s["cipher-to-server"], s["mac-to-server"] = used.Write.Cipher, used.Write.MAC
		s["cipher-to-client"], s["mac-to-client"] = used.Read.Cipher, used.Read.MAC
		if h.config.Legacy {
			s["legacy-algorithms"] = "offered; in use: " + list(legacyUsed(used))
		}
	}
	return s
}
