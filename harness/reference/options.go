package reference

import (
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
)

// Options say how a server is to be. The zero value is the full profile on a free port of 127.0.0.1.
type Options struct {
	Profile        string            // one of Profiles; "" is "full"
	Defects        []string          // names of Defects to build in
	Hostile        string            // one of Hostilities, for every request; "NAME@30" for the 30th, "NAME@30-" from that on
	Listen         string            // host:port; "" is 127.0.0.1:0
	Clock          Clock             // nil is the system's
	Users          map[string]string // passwords by user name; nil is DefaultUsers. guest may read, never change
	HostKey        ssh.Signer        // nil is a fresh ed25519 key
	AuthorizedKeys []ssh.PublicKey   // good for every user
	Latency        time.Duration     // waited before each reply, 0 none
	BigData        int64             // octets of ballast in the state data, for large replies
	MaxMessage     int64             // octets of the longest message taken, a longer one ends the session; 0 is 64 MiB
	MaxRequest     int64             // octets of the longest request carried out, a longer one is too-big; 0 is 16 MiB
	MaxData        int64             // octets of names and values in a datastore, beyond is resource-denied; 0 is 16 MiB
	MaxSessions    int               // open at once, the next is refused its channel; 0 is 50
	LoginLimit     time.Duration     // for a client to authenticate, longer ends the connection; 0 is 30 s
	KeepAlive      time.Duration     // between two tests of a connection that the server has made; 0 is 30 s
	TLS            *TLS              // how to serve TLS (RFC 7589); nil does not
	Unix           string            // path of a Unix socket to serve; "" does not
	CallHome       []string          // host:port to call home to by SSH, again and again (RFC 8071)
	CallHomeTLS    []string          // host:port to call home to by TLS
	// Received is told of each message as it comes, before it is carried out, hellos included; nil is not. Sessions call
	// it at the same time; it must not keep the octets.
	Received func(session uint32, message []byte)
}

// guest is the user with few rights.
const guest = "guest"

// DefaultUsers are the users of a server that is given none: admin, guest with few rights, and a user whose
// name XML cannot carry, so that RFC 6242 §3 can be probed (the server drops that one after authentication).
func DefaultUsers() map[string]string {
	return map[string]string{"admin": "admin", guest: "guest", "admin\x01": "admin"}
}

// completed fills in the defaults and gives the profile; errors name what would be accepted.
func (o Options) completed() (Options, profile, error) {
	p, ok := profileNamed(o.Profile)
	if !ok {
		return o, p, fmt.Errorf("no profile %q: use one of %s", o.Profile, strings.Join(profileNames(), ", "))
	}
	for _, d := range o.Defects {
		if !contains(defectNames(), d) {
			return o, p, fmt.Errorf("no defect %q: near names are %s", d, strings.Join(near(d, defectNames()), ", "))
		}
	}
	if _, err := parseHostility(o.Hostile); err != nil {
		return o, p, err
	}
	if o.Listen == "" {
		o.Listen = "127.0.0.1:0"
	}
	if o.Clock == nil {
		o.Clock = realClock{}
	}
	if o.Users == nil {
		o.Users = DefaultUsers()
	}
	if o.MaxMessage <= 0 {
		o.MaxMessage = 64 << 20
	}
	o.MaxRequest, o.MaxData = orDefault(o.MaxRequest, defaultMaxRequest), orDefault(o.MaxData, defaultMaxData)
	o.MaxSessions = int(orDefault(int64(o.MaxSessions), defaultMaxSessions))
	o.LoginLimit = time.Duration(orDefault(int64(o.LoginLimit), int64(defaultLoginLimit)))
	o.KeepAlive = time.Duration(orDefault(int64(o.KeepAlive), int64(defaultKeepAlive)))
	if len(o.CallHomeTLS) > 0 && o.TLS == nil {
		o.TLS = &TLS{}
	}
	if o.HostKey == nil {
		key, err := FreshKey()
		if err != nil {
			return o, p, err
		}
		o.HostKey = key
	}
	return o, p, nil
}

func orDefault(value, otherwise int64) int64 {
	if value <= 0 {
		return otherwise
	}
	return value
}

// FreshKey makes a host key.
func FreshKey() (ssh.Signer, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("making a host key: %w", err)
	}
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		return nil, fmt.Errorf("making a host key: %w", err)
	}
	return signer, nil
}

func profileNames() []string {
	var names []string
	for _, p := range Profiles() {
		names = append(names, p.Name)
	}
	return names
}
