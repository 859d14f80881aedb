// Package target says which server a run judges, how to reach it, and what of
// it may be changed: an ssh:// URL, or a target file with fixtures.
package target

import (
	"context"
	"errors"
	"time"
)

// Defaults of a target that does not say otherwise.
const (
	// DefaultPort is where NETCONF over SSH listens (RFC 6242 §4).
	DefaultPort = "830"
	// sshPort is where SSH listens that is not for NETCONF alone.
	sshPort = "22"
	// DefaultGrace is how long a server gets for what it must do.
	DefaultGrace = 5 * time.Second
	// DefaultPasswordEnv names the environment variable that holds the password.
	DefaultPasswordEnv = "NCSPEC_PASSWORD"
	// KnownHosts is the host key policy: known_hosts files.
	KnownHosts = "known-hosts"
	// AcceptHostKey is the host key policy that takes any key.
	AcceptHostKey = "accept"
	// SSH is the transport of RFC 6242.
	SSH = "ssh"
)

// ErrNoSuchTarget is an argument that is neither a URL nor a file.
var ErrNoSuchTarget = errors.New("neither a URL nor a target file")

// Target is the server under test. Its fields are set, or have their defaults,
// when it comes from ParseURL, Load or Parse.
type Target struct {
	// Name is what reports call the target: the file's `name`, else its base
	// name, else the address.
	Name string
	// Address is "host:port", an IPv6 host in brackets; a socket's path, a
	// command, or where calls home are awaited, as Transport has it.
	Address string
	// User is the SSH user name.
	User string
	// Transport is one of SSH, TLS, Unix, Exec, SSHCallHome, TLSCallHome.
	Transport string
	// Command is the program and its arguments, with Exec.
	Command []string
	// TLS is what TLS needs.
	TLS Certificates
	// CallLimit is how long a call home is awaited; zero is a minute.
	CallLimit time.Duration
	// PasswordEnv names the environment variable that holds the password.
	PasswordEnv string
	// Identities are files of private keys.
	Identities []string
	// Credentials are what else the user logs in with.
	Credentials
	// HostKey is "known-hosts", "accept" or a fingerprint "SHA256:…".
	HostKey string
	// HostKeyAlias is the name that known_hosts files and host certificates have for the server; "" its host.
	HostKeyAlias string
	// KnownHosts are the known_hosts files; nil for the user's and the system's.
	KnownHosts []string
	// Jumps are the hosts on the way, the first hop first; nil leaves them to the ssh config, empty is none.
	Jumps []Jump
	// SSHConfig is the file of the ssh config, "none" for none, "" for the user's own.
	SSHConfig string
	// LegacyAlgorithms offers SSH algorithms too that are no longer considered secure.
	LegacyAlgorithms bool
	// ConnectTimeout bounds each step of connecting; 0 leaves it to Grace.
	ConnectTimeout time.Duration
	// RunTimeout bounds a whole run; 0 leaves it unbounded.
	RunTimeout time.Duration
	// Waivers is a file of known violations; "" none.
	Waivers string
	// Grace is how long the server gets for what it must do; more than zero.
	Grace time.Duration
	// Profile names the built-in fixture that the target file asks for; "" lets
	// the server's hello choose.
	Profile string
	// Safety is the safety level that the file asks for; "" leaves the default.
	Safety string
	// Fixture is what may be changed; nil lets the server's hello choose (BuiltIn).
	Fixture *Fixture
	// Operational is a request for state data of this device; nil none.
	Operational *Operational
	// DefaultPorts is where a device with default settings is reached; nil unknown.
	DefaultPorts *Ports
	// Places are where the device can keep files by URL; none unknown.
	Places []Place
	// SecretLeaves are local names of leaves whose values are secret, beside
	// those that are known to be.
	SecretLeaves []string
	// SideChannel works on the device outside NETCONF; nil none.
	SideChannel SideChannel
	// SecondUser is a user with fewer rights; nil none.
	SecondUser *Login
	// OddUser is a user whose name XML cannot hold (RFC 6242 §3); nil none.
	OddUser *Login
	// Rebooter switches the device off and on; nil nobody may.
	Rebooter Rebooter
	implied  implied // what nobody has said
	followed bool    // an ssh config has been followed
}

// Operational is a request for state data, and what its answer must hold.
type Operational struct {
	// RPC is the XML of the operation element inside <rpc>, with its namespaces.
	RPC string
	// Expect is an XPath 1.0 boolean expression over the reply.
	Expect string
	// Namespaces binds the prefixes of Expect; "nc" is always bound.
	Namespaces map[string]string
}

// Ports are the addresses, "host:port", where the TCP ports of a device with
// default settings are reached; "" unknown.
type Ports struct {
	NETCONF string // port 830 (RFC 6242 §4)
	SSH     string // port 22
	TLS     string // port 6513 (RFC 7589 §2)
	// CallHome is where this machine listens, as the device calls port 4334 or
	// 4335 of it (RFC 8071 §6).
	CallHome string
}

// Login is how another user is authenticated, at the same address.
type Login struct {
	User        string
	PasswordEnv string
	Identities  []string
	Credentials
	Certificate string // with TLS
	Key         string
}

// SideChannel works on the device by other means than NETCONF, for what is
// demanded where "other management" and NETCONF meet (RFC 6241 §7.5).
type SideChannel interface {
	// Lock takes the device's configuration lock.
	Lock(ctx context.Context) error
	// Unlock releases it.
	Unlock(ctx context.Context) error
	// Change tries to change the fixture's leaf; nil says that the device
	// accepted the change.
	Change(ctx context.Context) error
}
