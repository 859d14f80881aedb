package cli

import (
	"errors"
	"time"

	"github.com/spf13/pflag"

	"github.com/ncspec/ncspec/harness/target"
)

// certificates is what the flags say of TLS and of calls home.
type certificates struct {
	certificate, key, ca string
	name, fingerprint    string
	callLimit            time.Duration
}

func (c *certificates) flags(f *pflag.FlagSet) {
	f.StringVar(&c.certificate, "tls-cert", "", "`file` of the client's certificate and chain, PEM")
	f.StringVar(&c.key, "tls-key", "", "`file` of its private key, PEM (default in the file of --tls-cert)")
	f.StringVar(&c.ca, "tls-ca", "", "`file` of the authorities that vouch for the server, PEM (default those of this system)")
	f.StringVar(&c.name, "tls-name", "", "`name` in the server's certificate (default the host of the target)")
	f.StringVar(&c.fingerprint, "tls-fingerprint", "", "SHA256:… `fingerprint` of the one server certificate that is right")
	f.DurationVar(&c.callLimit, "call-limit", 0, "`time` to wait for a call home (default 1m)")
}

// apply puts the flags over what the target file says.
func (c *certificates) apply(t *target.Target) error {
	given := *c
	given.callLimit = 0
	if given != (certificates{}) && !t.Carried(target.TLS) {
		return errors.New("the flags --tls-… are for tls:// and tls+callhome:// targets: drop them")
	}
	for flag, field := range map[*string]*string{&c.certificate: &t.TLS.Certificate, &c.key: &t.TLS.Key, &c.ca: &t.TLS.CA,
		&c.name: &t.TLS.Name, &c.fingerprint: &t.TLS.Fingerprint} {
		if *flag != "" {
			*field = *flag
		}
	}
	if c.callLimit != 0 {
		t.CallLimit = c.callLimit
	}
	return nil
}
