package suites

import (
	"context"
	"fmt"
	"time"

	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/transport/ssh"

	gossh "golang.org/x/crypto/ssh"
)

// referenceGrace is how long our own server may take: it is fast, and a spec that waits for nothing should be short.
const referenceGrace = 200 * time.Millisecond

// referenceName is what reports call the embedded server.
const referenceName = "reference server"

// oddUser is the reference server's user whose name cannot be written in XML (RFC 6242 §3).
const oddUser = "admin\x01"

// embed starts the reference server where no target is given, and gives the function that stops it.
func (o *Options) embed(ctx context.Context) (func(), error) {
	if o.Target != nil && o.Dialer == nil {
		return func() {}, o.Reach(Ask{})
	}
	if o.Target != nil {
		return func() {}, nil
	}
	// The server must outlast a run that is ended early: it is put back like any other target.
	if o.Transport != "" && o.Transport != target.SSH {
		return o.embedOther(context.WithoutCancel(ctx))
	}
	server, err := reference.Start(context.WithoutCancel(ctx), reference.Options{Profile: o.Profile, Defects: o.Defects})
	if err != nil {
		return nil, err
	}
	o.embedded = true
	o.Target = &target.Target{Name: referenceName, Address: server.Addr(), User: "admin", Transport: "ssh",
		Grace: referenceGrace, Profile: o.Profile, SideChannel: outside{server}, Rebooter: outside{server},
		DefaultPorts: &target.Ports{NETCONF: server.Addr(), SSH: server.SSHAddr()}}
	o.Target.Places = places(server)
	for user, way := range map[string]*transport.Dialer{"admin": &o.Dialer, "guest": &o.Second, oddUser: &o.odd} {
		dialer, err := ssh.New(ssh.Config{Address: server.Addr(), User: user, Auth: ssh.Auth{Password: ssh.FixedPassword(reference.DefaultUsers()[user])},
			HostKey: ssh.Pinned(gossh.FingerprintSHA256(server.HostKey()))})
		if err != nil {
			return nil, fmt.Errorf("logging in to the reference server: %w", err)
		}
		*way = dialer
	}
	return func() { _ = server.Close() }, nil
}

// places are where the reference server keeps files.
func places(server *reference.Server) []target.Place {
	if server.Files() == "" {
		return nil
	}
	return []target.Place{{URL: "file:///", Folder: server.Files()}}
}

// outside reaches the reference server past NETCONF, as a CLI would.
type outside struct{ server *reference.Server }

// Lock implements target.SideChannel.
func (o outside) Lock(context.Context) error { return o.server.LockOutside() }

// Unlock implements target.SideChannel.
func (o outside) Unlock(context.Context) error { return o.server.UnlockOutside() }

// Change implements target.SideChannel.
func (o outside) Change(context.Context) error {
	return o.server.ChangeOutside("changed outside NETCONF")
}

// Reboot implements target.Rebooter.
func (o outside) Reboot(context.Context) error {
	o.server.Reboot()
	return nil
}
