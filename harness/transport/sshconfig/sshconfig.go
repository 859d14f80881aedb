// Package sshconfig reads what OpenSSH's client configuration (ssh_config(5))
// says of a host. It knows the keywords of Host, and no others.
package sshconfig

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/kevinburke/ssh_config"
)

// None is the name of a file that stands for no configuration at all.
const None = "none"

// Config is a configuration file; the zero value says nothing of any host.
type Config struct {
	file   string
	parsed *ssh_config.Config
}

// Host is what a file says of one host. Empty fields are what it is silent about.
type Host struct {
	HostName         string
	Port             string
	User             string
	Identities       []string // IdentityFile; those that do not exist are left out
	IdentitiesOnly   bool
	Certificates     []string // CertificateFile
	Agent            string   // IdentityAgent: a socket, or None
	Jumps            []string // ProxyJump, the first hop first: [user@]host[:port]
	NoJump           bool     // ProxyJump none
	UserKnownHosts   []string // UserKnownHostsFile; not nil and empty for none
	GlobalKnownHosts []string // GlobalKnownHostsFile; not nil and empty for none
	HostKeyAlias     string
}

// Load reads a file and what it includes. A file that does not exist is
// refused, unless optional. The error names file, line and column.
func Load(file string, optional bool) (*Config, error) {
	if file == None {
		return &Config{}, nil
	}
	data, err := os.ReadFile(file)
	if optional && errors.Is(err, fs.ErrNotExist) {
		return &Config{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the ssh config: %w; name another file, or none", err)
	}
	parsed, err := ssh_config.DecodeBytes(data)
	if err != nil {
		return nil, placed(file, err)
	}
	c := &Config{file: file, parsed: parsed}
	return c, c.check()
}

// placed writes the library's "(line, column): text" as file:line:column: text.
func placed(file string, err error) error {
	text := err.Error()
	if at := regexp.MustCompile(`^\((\d+), (\d+)\): `).FindStringSubmatch(text); at != nil {
		return fmt.Errorf("%s:%s:%s: %s", file, at[1], at[2], strings.TrimPrefix(text[len(at[0]):], "ssh_config: "))
	}
	return fmt.Errorf("%s: %w", file, err)
}

// check finds what the library lets pass: a keyword without a value.
func (c *Config) check() error {
	var faults []error
	for _, host := range c.parsed.Hosts {
		for _, node := range host.Nodes {
			if line, ok := node.(*ssh_config.KV); ok && strings.TrimSpace(line.Value) == "" {
				at := line.Pos()
				faults = append(faults, fmt.Errorf("%s:%d:%d: %s has no value: a line is a keyword and its value", c.file, at.Line, at.Col, line.Key))
			}
		}
	}
	return errors.Join(faults...)
}

// Host gives what the file says of a host by the name it is given on the
// command line. user is who logs in where the file names nobody.
func (c *Config) Host(name, user string) (Host, error) {
	if c.parsed == nil {
		return Host{}, nil
	}
	r := &reader{config: c, name: name}
	h := Host{User: r.one("User"), Port: r.one("Port")}
	r.user = first(h.User, user)
	r.port = first(h.Port, "22")
	r.host = name
	h.HostName = r.expand(r.one("HostName"))
	r.host = first(h.HostName, name)
	if n, err := strconv.ParseUint(h.Port, 10, 16); h.Port != "" && (err != nil || n == 0) {
		r.fault("Port", h.Port, "a number from 1 to 65535")
	}
	h.HostKeyAlias = r.expand(r.one("HostKeyAlias"))
	h.Identities = r.existing("IdentityFile")
	h.IdentitiesOnly = r.yes("IdentitiesOnly")
	h.Certificates = r.existing("CertificateFile")
	h.Agent = r.agent()
	h.Jumps, h.NoJump = r.jumps()
	if command := r.one("ProxyCommand"); command != "" && command != None && len(h.Jumps) == 0 && !h.NoJump {
		r.faults = append(r.faults, fmt.Errorf("%s: Host %s: ncspec runs no ProxyCommand: write ProxyJump instead", c.file, name))
	}
	h.UserKnownHosts = r.files("UserKnownHostsFile")
	h.GlobalKnownHosts = r.files("GlobalKnownHostsFile")
	return h, errors.Join(r.faults...)
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
