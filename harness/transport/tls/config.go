// Package tls is the TLS transport of NETCONF (RFC 7589): it connects, proves the server's identity, shows the client's
// certificate, and hands back the one stream that a TLS connection carries. Every step has a limit, and every failure
// says what to do next.
package tls

import (
	gotls "crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"github.com/ncspec/ncspec/harness/pki"
)

// DefaultTimeout is the limit of each step when Config.Timeout is zero.
const DefaultTimeout = 10 * time.Second

// Files say where the certificates are, and who the server is to be.
type Files struct {
	Certificate string // the client's, PEM, with the chain behind it; "" none
	Key         string // its private key, PEM; "" is beside the certificate in one file
	CA          string // PEM of the authorities that vouch for the server; "" those of this system
	Name        string // host name or address that the server's certificate must have; "" is that of the address
	Fingerprint string // of the one server certificate that is right, whoever vouches for it; "" none, see pki.ParseFingerprint
}

// Config says how to reach one server as one client.
type Config struct {
	Address     string // host:port, or where its calls are awaited
	Certificate *gotls.Certificate
	Roots       *x509.CertPool // nil is the system's
	Name        string
	Fingerprint string
	Timeout     time.Duration // of each step; zero is DefaultTimeout
}

// Load reads the files. The error names the one that is wrong, and what to do.
func Load(address string, files Files) (Config, error) {
	c := Config{Address: address, Name: files.Name}
	var err error
	if files.Fingerprint != "" {
		if c.Fingerprint, err = pki.ParseFingerprint(files.Fingerprint); err != nil {
			return c, fmt.Errorf("--tls-fingerprint: %w", err)
		}
	}
	if c.Certificate, err = loadCertificate(files.Certificate, files.Key); err != nil {
		return c, err
	}
	c.Roots, err = loadRoots(files.CA)
	return c, err
}

func loadCertificate(certificate, key string) (*gotls.Certificate, error) {
	if certificate == "" {
		if key != "" {
			return nil, errors.New("--tls-key without --tls-cert: give the client's certificate as well")
		}
		return nil, nil
	}
	if key == "" {
		key = certificate
	}
	pair, err := gotls.LoadX509KeyPair(certificate, key)
	if err != nil {
		return nil, fmt.Errorf("reading the client's certificate %s and its key %s: %w; both are PEM, the key not encrypted", certificate, key, err)
	}
	return &pair, nil
}

func loadRoots(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading the certificates of --tls-ca: %w", err)
	}
	authorities, err := pki.ParseCertificates(text)
	if err != nil {
		return nil, fmt.Errorf("--tls-ca %s: %w", file, err)
	}
	pool := x509.NewCertPool()
	for _, one := range authorities {
		pool.AddCert(one)
	}
	return pool, nil
}

// check refuses a configuration that no connection can be made with, and fills in what it leaves open.
func (c *Config) check() error {
	host, _, err := net.SplitHostPort(c.Address)
	if err != nil {
		return fmt.Errorf("the address %q is not host:port: %w", c.Address, err)
	}
	if c.Timeout < 0 {
		return fmt.Errorf("the timeout %v is negative", c.Timeout)
	}
	if c.Timeout == 0 {
		c.Timeout = DefaultTimeout
	}
	if c.Name == "" {
		c.Name = host
	}
	return nil
}
