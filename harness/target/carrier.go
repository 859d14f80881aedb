package target

import (
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"strings"
)

// The transports beside SSH.
const (
	TLS         = "tls"          // RFC 7589
	Unix        = "unix"         // a Unix domain socket
	Exec        = "exec"         // a command's standard input and output
	SSHCallHome = "ssh+callhome" // RFC 8071: the server connects to us
	TLSCallHome = "tls+callhome"
)

// DefaultTLSPort is where NETCONF over TLS listens (RFC 7589 §2).
const DefaultTLSPort = "6513"

// The ports that servers call home to (RFC 8071 §6).
const (
	DefaultSSHCallPort = "4334"
	DefaultTLSCallPort = "4335"
)

// Certificates are what TLS needs: files, PEM, and who the server is to be.
type Certificates struct {
	Certificate string // the client's, with its chain; "" none
	Key         string // its private key; "" is beside it in one file
	CA          string // those who vouch for the server; "" this system's
	Name        string // that the server's certificate must have; "" the host of the address
	Fingerprint string // of the one server certificate that is right; "" none
	// Identities are more client certificates that the server was set up for, each to show one rule.
	Identities []Certified
}

// Certified is a client certificate, and what the server was set up to make of it.
type Certified struct {
	Certificate, Key string
	Proves           string // the requirement that it is for
	User             string // that the server must take the client for; "" says that it must refuse the certificate
}

// Carried tells whether the target is reached by a transport: "ssh" and "tls" hold for calls home too, "call-home" for both
// kinds of those.
func (t *Target) Carried(by string) bool {
	base, called := strings.CutSuffix(t.Transport, "+callhome")
	return by == t.Transport || by == base || called && by == "call-home"
}

// defaultPort is the port of a transport's addresses that have none.
func defaultPort(transport string) string {
	switch transport {
	case TLS:
		return DefaultTLSPort
	case SSHCallHome:
		return DefaultSSHCallPort
	case TLSCallHome:
		return DefaultTLSCallPort
	}
	return DefaultPort
}

// otherURL reads the target arguments that are no ssh:// URL: tls://host:port, ssh+callhome:// and tls+callhome:// with
// the address to listen at, unix:///path, exec:COMMAND. ok is false for what is none of them.
func otherURL(s string) (t *Target, ok bool, err error) {
	scheme, rest, found := strings.Cut(s, ":")
	if !found {
		return nil, false, nil
	}
	t = withDefaults()
	t.Transport = scheme
	switch scheme {
	case Unix:
		t.User, t.Address = "", strings.TrimPrefix(rest, "//")
		if !filepath.IsAbs(t.Address) {
			err = fmt.Errorf("%q names no socket: write unix:///path/to/socket", s)
		}
	case Exec:
		t.User, t.Address = "", strings.TrimSpace(rest)
		t.Command, err = words(t.Address)
	case TLS, TLSCallHome, SSHCallHome:
		err = t.readOther(scheme, rest)
	default:
		return nil, false, nil
	}
	if err != nil {
		return nil, true, fmt.Errorf("reading the target URL: %w", err)
	}
	t.Name = t.Address
	return t, true, nil
}

// readOther reads what stands behind the scheme of a transport over TCP.
func (t *Target) readOther(scheme, rest string) error {
	host, ok := strings.CutPrefix(rest, "//")
	if !ok {
		return fmt.Errorf("write %s://host:port", scheme)
	}
	host = strings.TrimSuffix(host, "/")
	user, address, named := strings.Cut(host, "@")
	switch {
	case strings.Contains(user, ":") && named:
		return fmt.Errorf("a password does not belong in a URL: put it into the environment variable %s", DefaultPasswordEnv)
	case named && scheme != SSHCallHome:
		return fmt.Errorf("TLS knows no user name: the server takes it from the client's certificate, see --tls-cert; write %s://host:port", scheme)
	case named:
		t.User, host = user, address
	case scheme != SSHCallHome:
		t.User = ""
	}
	var err error
	t.Address, _, err = addressFor(scheme, host)
	return err
}

// addressFor reads the address of a transport over TCP; where calls are awaited the host may be missing, for all addresses
// of this machine.
func addressFor(transport, text string) (address string, implied bool, err error) {
	port := defaultPort(transport)
	if strings.HasSuffix(transport, "+callhome") {
		if text == "" {
			return ":" + port, true, nil
		}
		if bare, found := strings.CutPrefix(text, ":"); found {
			_, err := joinAddress("localhost", bare)
			return ":" + bare, false, err
		}
	}
	return parseAddressOr(text, port)
}

// words takes a command line apart at white space. Quotes of either kind keep words together; nothing else means anything.
func words(line string) ([]string, error) {
	var all []string
	var word strings.Builder
	inside, quote := false, rune(0)
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			inside, quote = true, r
		case r == ' ' || r == '\t' || r == '\n':
			if inside {
				all = append(all, word.String())
			}
			word.Reset()
			inside = false
		default:
			inside = true
			word.WriteRune(r)
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("the command %q opens a quote %c and does not close it", line, quote)
	}
	if inside {
		all = append(all, word.String())
	}
	if len(all) == 0 {
		return nil, errors.New("no command: write exec:COMMAND ARGUMENT…")
	}
	return all, nil
}

// The shape of what a target file says of transports other than SSH.
type (
	fileTLS struct {
		Certificate string          `yaml:"certificate"`
		Key         string          `yaml:"key"`
		CA          string          `yaml:"ca"`
		Name        string          `yaml:"name"`
		Fingerprint string          `yaml:"fingerprint"`
		Identities  []fileCertified `yaml:"identities"`
	}
	fileCertified struct {
		Certificate string `yaml:"certificate"`
		Key         string `yaml:"key"`
		Proves      string `yaml:"proves"`
		User        string `yaml:"user"`
	}
)

// carrier reads transport and address, and what TLS and calls home need.
func (d *document) carrier(t *Target, f file) {
	set(&t.Transport, f.Transport)
	var err error
	switch t.Transport {
	case Exec:
		t.Address = f.Address
		t.Command, err = words(f.Address)
	case Unix:
		t.Address = d.resolved(f.Address)
	default:
		t.Address, t.implied.port, err = addressFor(t.Transport, f.Address)
	}
	if err != nil {
		d.fault([]string{"address"}, "%v", err)
	}
	if f.Login.User == "" && !t.Carried(SSH) {
		t.User = ""
	}
	d.certificates(t, f.TLS)
}

func (d *document) certificates(t *Target, f *fileTLS) {
	if f == nil {
		return
	}
	if !t.Carried(TLS) {
		d.faultAtKey(nil, "tls", "tls is for the transports tls and tls+callhome, and this one is %s", t.Transport)
	}
	t.TLS = Certificates{Certificate: d.resolved(f.Certificate), Key: d.resolved(f.Key), CA: d.resolved(f.CA), Name: f.Name, Fingerprint: f.Fingerprint}
	for _, one := range f.Identities {
		t.TLS.Identities = append(t.TLS.Identities,
			Certified{Certificate: d.resolved(one.Certificate), Key: d.resolved(one.Key), Proves: one.Proves, User: one.User})
	}
}

// resolved is files for one name that may be missing.
func (d *document) resolved(name string) string {
	if name == "" {
		return ""
	}
	return d.files([]string{name})[0]
}

// ports reads the ports of default-ports that are given.
func (d *document) ports(f filePorts) *Ports {
	p := &Ports{NETCONF: f.NETCONF, SSH: f.SSH, TLS: f.TLS, CallHome: f.CallHome}
	for key, address := range map[string]string{"netconf": f.NETCONF, "ssh": f.SSH, "tls": f.TLS} {
		if address != "" {
			d.port(key, address)
		}
	}
	if _, _, err := net.SplitHostPort(f.CallHome); err != nil && f.CallHome != "" {
		d.fault([]string{"default-ports", "call-home"}, "%q is not host:port", f.CallHome)
	}
	return p
}
