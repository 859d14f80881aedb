package target

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	"github.com/ncspec/ncspec/harness/transport/sshconfig"
)

// mostJumps bounds how far the jump hosts of an ssh config lead on to others.
const mostJumps = 8

// LoadSSHConfig reads the ssh config that the target asks for: its own file,
// or the user's, which may be missing. The error names file, line and column.
func (t *Target) LoadSSHConfig() (*sshconfig.Config, error) {
	if t.SSHConfig != "" {
		return sshconfig.Load(t.SSHConfig, false)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return sshconfig.Load(sshconfig.None, true)
	}
	return sshconfig.Load(filepath.Join(home, ".ssh", "config"), true)
}

// Follow completes the way to the target with what an ssh config says of its
// host. What has been said of the target before stands. The first call counts.
func (t *Target) Follow(c *sshconfig.Config) error {
	if t.followed {
		return nil
	}
	h, err := c.Host(hostOf(t.Address), t.User)
	if err != nil {
		return err
	}
	login := Login{User: t.User, Identities: t.Identities, Credentials: t.Credentials}
	t.Address, t.HostKeyAlias = complete(h, &login, t.Address, t.HostKeyAlias, t.implied)
	t.User, t.Identities, t.Credentials, t.KnownHosts = login.User, login.Identities, login.Credentials, knownHosts(h)
	if t.User == "" {
		return errors.New("no user name, and $USER is empty: write ssh://user@host:port, or user into the target file or the ssh config")
	}
	if t.Jumps == nil {
		if t.Jumps, err = ParseJumps(h.Jumps); err != nil {
			return fmt.Errorf("ProxyJump in the ssh config: %w", err)
		}
	}
	t.followed = true
	t.Jumps, err = followJumps(c, t.Jumps, mostJumps)
	return err
}

// Host is the host of the address.
func (t *Target) Host() string { return hostOf(t.Address) }

// hostOf is the host of "host:port".
func hostOf(address string) string {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	return host
}

// complete fills in what h says and nobody has said before; it gives the address and the host key alias.
func complete(h sshconfig.Host, login *Login, address, alias string, i implied) (string, string) {
	host, port, _ := net.SplitHostPort(address)
	set(&host, h.HostName)
	if i.port {
		set(&port, h.Port)
	}
	if i.user {
		set(&login.User, h.User)
	}
	if len(login.Identities) == 0 {
		login.Identities = h.Identities
	}
	if len(login.Certificates) == 0 {
		login.Certificates = h.Certificates
	}
	login.IdentitiesOnly = login.IdentitiesOnly || h.IdentitiesOnly
	if login.Agent == "" {
		login.Agent = h.Agent
	}
	if alias == "" {
		alias = h.HostKeyAlias
	}
	return net.JoinHostPort(host, port), alias
}

// knownHosts are the files that h names, OpenSSH's own where it names none.
func knownHosts(h sshconfig.Host) []string {
	users, system := h.UserKnownHosts, h.GlobalKnownHosts
	if home, err := os.UserHomeDir(); err == nil && users == nil {
		users = []string{filepath.Join(home, ".ssh", "known_hosts"), filepath.Join(home, ".ssh", "known_hosts2")}
	}
	if system == nil {
		system = []string{"/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"}
	}
	return append(append([]string{}, users...), system...)
}

// ParseJumps reads hops as ProxyJump has them, [user@]host[:port], the first hop first. The port defaults to 22, the user
// to $USER, unless an ssh config says otherwise (Follow).
func ParseJumps(hops []string) ([]Jump, error) {
	var jumps []Jump
	for _, hop := range hops {
		user, host := "", hop
		if i := strings.LastIndex(hop, "@"); i >= 0 {
			user, host = hop[:i], hop[i+1:]
		}
		address, port, err := parseAddressOr(host, sshPort)
		if err != nil {
			return nil, fmt.Errorf("jump host %q: %w, with user@ in front where it takes one", hop, err)
		}
		jumps = append(jumps, Jump{Login: Login{User: user}, Address: address, HostKey: KnownHosts, implied: implied{user: user == "", port: port}})
	}
	return jumps, nil
}

// followJumps completes jump hosts. The way to the first one may lead through others, as the ssh config says.
func followJumps(c *sshconfig.Config, jumps []Jump, most int) ([]Jump, error) {
	var chain []Jump
	for i, j := range jumps {
		if j.implied.user {
			j.User = os.Getenv("USER")
		}
		h, err := c.Host(hostOf(j.Address), j.User)
		if err != nil {
			return nil, err
		}
		name := j.Address
		j.Address, j.HostKeyAlias = complete(h, &j.Login, j.Address, j.HostKeyAlias, j.implied)
		j.KnownHosts = knownHosts(h)
		if j.User == "" {
			return nil, fmt.Errorf("jump host %s: no user name, and $USER is empty: write user@host:port", name)
		}
		if i == 0 && len(h.Jumps) > 0 {
			before, err := jumpsBefore(c, h, name, most)
			if err != nil {
				return nil, err
			}
			chain = append(chain, before...)
		}
		chain = append(chain, j)
	}
	return chain, nil
}

// jumpsBefore are the jump hosts on the way to a jump host.
func jumpsBefore(c *sshconfig.Config, h sshconfig.Host, name string, most int) ([]Jump, error) {
	if most == 0 {
		return nil, fmt.Errorf("ProxyJump in the ssh config: the way to %s leads through more than %d jump hosts, or in a circle", name, mostJumps)
	}
	before, err := ParseJumps(h.Jumps)
	if err != nil {
		return nil, fmt.Errorf("ProxyJump in the ssh config: %w", err)
	}
	return followJumps(c, before, most-1)
}
