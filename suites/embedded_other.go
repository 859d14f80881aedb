package suites

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/transport/callhome"
	"github.com/ncspec/ncspec/harness/transport/ssh"
)

// What is short with the reference server, so that specs which wait for it are.
const (
	referenceLogin = 2 * time.Second
	referenceAlive = 200 * time.Millisecond
	referenceCall  = 5 * time.Second
)

// embedded is the reference server behind a transport other than SSH.
type embedded struct {
	server *reference.Server
	calls  *callhome.Dialer // nil without calls home
	folder string           // of the socket; "" none
}

// embedOther starts the reference server behind o.Transport.
func (o *Options) embedOther(ctx context.Context) (stop func(), err error) {
	settings := reference.Options{Profile: o.Profile, Defects: o.Defects, LoginLimit: referenceLogin, KeepAlive: referenceAlive}
	e := &embedded{}
	start := map[string]func(context.Context, *Options, reference.Options) error{target.TLS: e.tls, target.Unix: e.unix,
		target.SSHCallHome: e.sshCalls, target.TLSCallHome: e.tlsCalls}[o.Transport]
	if start == nil {
		return nil, fmt.Errorf("--transport %q: use one of ssh, tls, unix, ssh+callhome, tls+callhome", o.Transport)
	}
	if err := start(ctx, o, settings); err != nil {
		return nil, errors.Join(fmt.Errorf("reaching the reference server by %s: %w", o.Transport, err), e.close())
	}
	o.embedded = true
	t := o.Target
	t.Name, t.Grace, t.Profile, t.Places = referenceName, referenceGrace, o.Profile, places(e.server)
	t.SideChannel, t.Rebooter = outside{e.server}, outside{e.server}
	return func() { _ = e.close() }, nil
}

func (e *embedded) close() error {
	var faults []error
	if e.server != nil {
		faults = append(faults, e.server.Close())
	}
	if e.calls != nil {
		faults = append(faults, e.calls.Close())
	}
	if e.folder != "" {
		faults = append(faults, os.RemoveAll(e.folder))
	}
	return errors.Join(faults...)
}

func (e *embedded) tls(ctx context.Context, o *Options, settings reference.Options) (err error) {
	settings.TLS = &reference.TLS{}
	if e.server, err = reference.Start(ctx, settings); err != nil {
		return err
	}
	if o.Target, err = target.Load(filepath.Join(e.server.TLSFolder(), "target.yaml")); err != nil {
		return err
	}
	return o.Reach(Ask{})
}

func (e *embedded) unix(ctx context.Context, o *Options, settings reference.Options) (err error) {
	if e.folder, err = os.MkdirTemp("", "ncspec-unix-"); err != nil {
		return err
	}
	settings.Unix = filepath.Join(e.folder, "netconf.sock")
	if e.server, err = reference.Start(ctx, settings); err != nil {
		return err
	}
	if o.Target, err = target.Parse("unix://" + settings.Unix); err != nil {
		return err
	}
	return o.Reach(Ask{})
}

// sshCalls has the server call an SSH client that listens already.
func (e *embedded) sshCalls(ctx context.Context, o *Options, settings reference.Options) error {
	signer, err := reference.FreshKey()
	if err != nil {
		return err
	}
	settings.HostKey = signer
	client, err := ssh.New(ssh.Config{Address: callAny, User: "admin", HostKey: ssh.Pinned(gossh.FingerprintSHA256(signer.PublicKey())),
		Auth: ssh.Auth{Password: ssh.FixedPassword(reference.DefaultUsers()["admin"])}})
	if err != nil {
		return err
	}
	e.calls = callhome.NewSSH(callAny, referenceCall, client)
	at, err := e.calls.Address()
	if err != nil {
		return err
	}
	usual, err := freeAddress()
	if err != nil {
		return err
	}
	settings.CallHome = []string{at, usual}
	o.Target = &target.Target{User: "admin", Transport: target.SSHCallHome, Address: at, CallLimit: referenceCall, DefaultPorts: &target.Ports{CallHome: usual}}
	o.Dialer = e.calls
	e.server, err = reference.Start(ctx, settings)
	return err
}

// callAny is where calls are awaited: a port that the system chooses.
const callAny = "127.0.0.1:0"

// tlsCalls has the server call a TLS client that listens already.
func (e *embedded) tlsCalls(ctx context.Context, o *Options, settings reference.Options) (err error) {
	at, err := freeAddress() // for the target file
	if err != nil {
		return err
	}
	settings.CallHomeTLS = []string{at}
	if e.server, err = reference.Start(ctx, settings); err != nil {
		return err
	}
	if o.Target, err = target.Load(filepath.Join(e.server.TLSFolder(), "call-home.yaml")); err != nil {
		return err
	}
	if err := o.Reach(Ask{}); err != nil {
		return err
	}
	e.calls = o.Dialer.(*callhome.Dialer)
	_, err = e.calls.Address()
	return err
}

// freeAddress is one that nobody listens at yet.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", callAny)
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
