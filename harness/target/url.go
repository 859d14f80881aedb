package target

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// Parse reads a target argument: a URL, or the name of a target file. An
// argument that is neither gives ErrNoSuchTarget.
func Parse(arg string) (*Target, error) {
	if t, ok, err := otherURL(arg); ok {
		return t, err
	}
	if strings.Contains(arg, "://") {
		return ParseURL(arg)
	}
	if _, err := os.Stat(arg); err == nil {
		return Load(arg)
	} else if strings.HasSuffix(arg, ".yaml") || strings.HasSuffix(arg, ".yml") {
		return nil, fmt.Errorf("%w: %w", ErrNoSuchTarget, err)
	}
	return nil, fmt.Errorf("%q is %w: write ssh://user@host:port, or the name of an existing file", arg, ErrNoSuchTarget)
}

// ParseURL reads ssh://user@host:port. The port defaults to 830, the user to
// $USER, unless an ssh config says otherwise (Follow). A password in the URL is refused: it would end in shell histories.
func ParseURL(s string) (*Target, error) {
	if withPassword.MatchString(s) {
		return nil, fmt.Errorf("reading the target URL: %w", errPassword)
	}
	if t, ok, err := otherURL(s); ok {
		return t, err
	}
	u, err := url.Parse(s)
	if err != nil {
		return nil, fmt.Errorf("reading the target URL: %w", withoutURL(err))
	}
	if err := checkURL(u); err != nil {
		return nil, fmt.Errorf("reading the target URL: %w", err)
	}
	t := withDefaults()
	t.Address, err = joinAddress(u.Hostname(), u.Port())
	if err != nil {
		return nil, fmt.Errorf("reading the target URL: %w", err)
	}
	t.Name = t.Address
	t.implied = implied{user: u.User.Username() == "", port: u.Port() == ""}
	if !t.implied.user {
		t.User = u.User.Username()
	}
	return t, nil
}

// withPassword matches a URL that has a password, also one with characters that should have been percent-encoded, which a
// parser would take for something else and show.
var withPassword = regexp.MustCompile(`^[^:]*://[^@]*:[^@]*@`)

var errPassword = errors.New("a password does not belong in a URL: write ssh://user@host:port and put it into the environment variable " + DefaultPasswordEnv +
	", or name another one with --password-env")

// withoutURL drops the URL from a parser's error.
func withoutURL(err error) error {
	if bad := new(url.Error); errors.As(err, &bad) {
		err = bad.Err
	}
	return fmt.Errorf("%w; write ssh://user@host:port", err)
}

// checkURL refuses what a target URL has no use for.
func checkURL(u *url.URL) error {
	switch {
	case u.Scheme != SSH:
		return fmt.Errorf("the transport %q is not supported: write ssh://user@host:port, tls://host:port, unix:///path, exec:COMMAND, ssh+callhome://user@:port or tls+callhome://:port", u.Scheme)
	case u.Hostname() == "":
		return errors.New("no host: write ssh://user@host:port")
	case u.Path != "" && u.Path != "/", u.RawQuery != "", u.Fragment != "":
		return errors.New("nothing may follow the port: write ssh://user@host:port")
	}
	return nil
}

// withDefaults is a target that nothing has been said about.
func withDefaults() *Target {
	return &Target{User: os.Getenv("USER"), Transport: SSH, PasswordEnv: DefaultPasswordEnv,
		HostKey: KnownHosts, Grace: DefaultGrace}
}

// joinAddress makes "host:port" of a host and a port that may be "", for 830.
func joinAddress(host, port string) (string, error) {
	if port == "" {
		port = DefaultPort
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return "", fmt.Errorf("the port %q is not a number from 1 to 65535", port)
	}
	return net.JoinHostPort(host, port), nil
}

// parseAddress reads "host", "host:port", "[v6]:port" or a bare IPv6 address.
func parseAddress(s string) (string, error) {
	address, _, err := parseAddressOr(s, DefaultPort)
	return address, err
}

// parseAddressOr is parseAddress with a default port, and tells whether that was needed.
func parseAddressOr(s, defaultPort string) (address string, implied bool, err error) {
	host, port, err := splitAddress(s)
	if err != nil {
		return "", false, err
	}
	if port == "" {
		port, implied = defaultPort, true
	}
	address, err = joinAddress(host, port)
	return address, implied, err
}

// splitAddress gives host and port of an address, the port "" where there is none.
func splitAddress(s string) (host, port string, err error) {
	if net.ParseIP(s) != nil {
		return s, "", nil
	}
	if strings.Contains(s, "://") {
		return "", "", fmt.Errorf("%q is not an address: write host:port, and the user's name beside it", s)
	}
	host, port, err = net.SplitHostPort(s)
	if err != nil {
		host, port = strings.TrimSuffix(strings.TrimPrefix(s, "["), "]"), ""
	}
	if host == "" || strings.ContainsAny(host, "/@ []") || strings.Contains(host, ":") && net.ParseIP(host) == nil {
		return "", "", fmt.Errorf("%q is not an address: write host, host:port or [IPv6]:port", s)
	}
	return host, port, nil
}
