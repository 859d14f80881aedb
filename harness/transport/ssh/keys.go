package ssh

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	gossh "golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

// identity is one private key file. An encrypted one has no signer until
// somebody gave the passphrase.
type identity struct {
	file   string
	pem    []byte          // nil where the file holds the public key only
	public gossh.PublicKey // nil where the encrypted file does not show it
	signer gossh.Signer
}

// loadIdentity reads a key file, as far as that goes without a passphrase.
func loadIdentity(file string) (*identity, error) {
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading the identity: %w; check its name, and that this user may read it", err)
	}
	if public, _, _, _, err := gossh.ParseAuthorizedKey(pem); err == nil {
		return &identity{file: file, public: plain(public)}, nil
	}
	if err := checkMode(file); err != nil {
		return nil, fmt.Errorf("reading the identity %s: %w", file, err)
	}
	id := &identity{file: file, pem: pem}
	id.signer, err = gossh.ParsePrivateKey(pem)
	var encrypted *gossh.PassphraseMissingError
	switch {
	case err == nil:
		id.public = id.signer.PublicKey()
	case errors.As(err, &encrypted):
		id.public = encrypted.PublicKey
	default:
		return nil, fmt.Errorf("reading the identity %s: %w; it must be a private key in PEM or OpenSSH format", file, err)
	}
	return id, nil
}

// unlock makes an encrypted identity usable.
func (id *identity) unlock(passphrase func(file string) (string, error)) error {
	if id.signer != nil {
		return nil
	}
	if passphrase == nil {
		return fmt.Errorf("the identity %s is encrypted, and nobody can be asked for its passphrase; "+
			"add it to the SSH agent, or give passphrase in a target file", id.file)
	}
	words, err := passphrase(id.file)
	if err != nil {
		return fmt.Errorf("asking for the passphrase of %s: %w", id.file, err)
	}
	id.signer, err = gossh.ParsePrivateKeyWithPassphrase(id.pem, []byte(words))
	switch {
	case errors.Is(err, x509.IncorrectPasswordError):
		return fmt.Errorf("decrypting the identity %s: the passphrase is wrong", id.file)
	case err != nil:
		return fmt.Errorf("decrypting the identity %s: %w", id.file, err)
	}
	return nil
}

// agentKeys is an open connection to an SSH agent, and the keys it holds.
type agentKeys struct {
	conn    net.Conn
	signers []gossh.Signer
}

// openAgent lists the keys of the agent at socket. The connection must stay
// open while the keys are used.
func openAgent(ctx context.Context, socket string, limit time.Duration) (*agentKeys, error) {
	conn, err := (&net.Dialer{Timeout: limit}).DialContext(ctx, "unix", socket)
	if err != nil {
		return nil, fmt.Errorf("connecting to the SSH agent: %w; start one, or do without (agent: none in a target file)", err)
	}
	keys := &agentKeys{conn: conn}
	keys.restart(limit)
	keys.signers, err = agent.NewClient(conn).Signers()
	if err != nil {
		_ = conn.Close()
		return nil, fmt.Errorf("asking the SSH agent for its keys: %w", err)
	}
	return keys, nil
}

// restart gives the agent limit from now on for all that it is asked.
func (k *agentKeys) restart(limit time.Duration) {
	_ = k.conn.SetDeadline(time.Now().Add(limit))
}
