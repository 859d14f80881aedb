package suites

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/transport/callhome"
	"github.com/ncspec/ncspec/harness/transport/exec"
	"github.com/ncspec/ncspec/harness/transport/tls"
	"github.com/ncspec/ncspec/harness/transport/unix"
)

// dialer makes the way to a target for one of its users, by the target's transport.
func dialer(t *target.Target, login target.Login, ask Ask) (transport.Dialer, error) {
	switch t.Transport {
	case target.TLS:
		return tlsDialer(t, login)
	case target.Unix:
		return unix.New(t.Address, connecting(t)), nil
	case target.Exec:
		return exec.New(t.Command)
	case target.SSHCallHome:
		if !strings.HasPrefix(t.HostKey, "SHA256:") {
			return nil, errors.New("--host-key: a call home proves nothing by where it comes from (RFC 8071 §3.1): give the fingerprint SHA256:… of the server's host key")
		}
		if login.User == "" {
			return nil, errors.New("no user name, and $USER is empty: write ssh+callhome://user@:port, or user into the target file")
		}
		client, err := sshDialer(t, login, ask)
		if err != nil {
			return nil, err
		}
		return callhome.NewSSH(t.Address, t.CallLimit, client), nil
	case target.TLSCallHome:
		if t.TLS.Name == "" && t.TLS.Fingerprint == "" {
			return nil, errors.New("a call home proves nothing by where it comes from (RFC 8071 §3.1): give --tls-name, the name in the server's certificate, or --tls-fingerprint")
		}
		client, err := tlsDialer(t, login)
		if err != nil {
			return nil, err
		}
		return callhome.NewTLS(t.Address, t.CallLimit, client), nil
	}
	d, err := sshDialer(t, login, ask)
	if err != nil {
		return nil, err
	}
	return d, nil
}

func tlsDialer(t *target.Target, login target.Login) (*tls.Dialer, error) {
	config, err := tls.Load(t.Address, tls.Files{Certificate: login.Certificate, Key: login.Key, CA: t.TLS.CA, Name: t.TLS.Name, Fingerprint: t.TLS.Fingerprint})
	if err != nil {
		return nil, err
	}
	config.Timeout = connecting(t)
	return tls.New(config)
}

// secondDialer is the way of the target's second user, nil where the transport cannot tell users apart: calls home are
// taken by the first.
func secondDialer(t *target.Target, ask Ask) (transport.Dialer, error) {
	switch {
	case t.SecondUser == nil || !t.Carried(target.SSH) && !t.Carried(target.TLS) || t.Carried("call-home"):
		return nil, nil
	case t.Transport == target.TLS && t.SecondUser.Certificate == "":
		return nil, fmt.Errorf("the second user %s has no certificate, which TLS takes: add certificate and key", t.SecondUser.User)
	}
	return dialer(t, *t.SecondUser, ask)
}
