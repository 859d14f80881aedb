package ssh

import (
	"context"
	"fmt"
	"net"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// Intrusion is an attempt to get in without the right to.
type Intrusion struct {
	User     string
	Methods  []gossh.AuthMethod // none: the method "none" alone
	Attempts string             // what is attempted, for a report
}

// Intrude attempts it on a connection of its own, with whatever host key. It tells whether the server let the client
// in. The error says that the server could not be reached, so nothing was attempted.
func (d *Dialer) Intrude(ctx context.Context, i Intrusion, limit time.Duration) (letIn bool, err error) {
	address, offers, keyShown := d.config.Address, d.config.offers(), false
	raw, err := d.connect(ctx)
	if err != nil {
		return false, err
	}
	defer raw.Close()
	_ = raw.SetDeadline(time.Now().Add(limit))
	conn, _, _, err := gossh.NewClientConn(raw, address, &gossh.ClientConfig{User: i.User, Auth: i.Methods, Timeout: limit,
		Config:            gossh.Config{KeyExchanges: offers.KeyExchanges, Ciphers: offers.Ciphers, MACs: offers.MACs},
		HostKeyAlgorithms: offers.HostKeys,
		HostKeyCallback: func(string, net.Addr, gossh.PublicKey) error {
			keyShown = true // and nothing is entrusted to the server
			return nil
		}})
	if err == nil {
		_ = conn.Close()
		return true, nil
	}
	if timedOut(err) || !keyShown {
		return false, fmt.Errorf("attempting %s at %s: %w", i.Attempts, address, err)
	}
	return false, nil
}
