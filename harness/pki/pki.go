// Package pki makes certificates for servers and clients that live for a day: those of the reference server, and those
// that a probe shows to a server which must refuse them.
package pki

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"time"
)

// day is how long a certificate is valid unless it is wanted otherwise.
const day = 24 * time.Hour

// Wanted says what a certificate is to hold.
type Wanted struct {
	Name      string // the subject's common name
	DNS       []string
	IPs       []net.IP
	Mails     []string
	CA        bool      // may issue others
	NotBefore time.Time // zero is an hour ago
	NotAfter  time.Time // zero is a day later
}

// SelfSigned makes a certificate that vouches for itself.
func SelfSigned(w Wanted) (*tls.Certificate, error) { return issue(w, nil) }

// Issue makes a certificate that issuer vouches for, whether or not it may. The chain of issuer comes along, its root,
// which signs itself, does not.
func Issue(w Wanted, issuer *tls.Certificate) (*tls.Certificate, error) { return issue(w, issuer) }

func issue(w Wanted, issuer *tls.Certificate) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("making a key for %s: %w", w.Name, err)
	}
	template, err := w.template()
	if err != nil {
		return nil, err
	}
	parent, signer := template, any(key)
	if issuer != nil {
		parent, signer = issuer.Leaf, issuer.PrivateKey
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		return nil, fmt.Errorf("making a certificate for %s: %w", w.Name, err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("reading the certificate of %s: %w", w.Name, err)
	}
	made := &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
	if issuer != nil && issuer.Leaf.Issuer.String() != issuer.Leaf.Subject.String() {
		made.Certificate = append(made.Certificate, issuer.Certificate...)
	}
	return made, nil
}

func (w Wanted) template() (*x509.Certificate, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, fmt.Errorf("choosing a serial number: %w", err)
	}
	t := &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: w.Name}, DNSNames: w.DNS, IPAddresses: w.IPs,
		EmailAddresses: w.Mails, NotBefore: w.NotBefore, NotAfter: w.NotAfter, BasicConstraintsValid: true, IsCA: w.CA,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}}
	if t.NotBefore.IsZero() {
		t.NotBefore = time.Now().Add(-time.Hour)
	}
	if t.NotAfter.IsZero() {
		t.NotAfter = time.Now().Add(day)
	}
	if w.CA {
		t.KeyUsage |= x509.KeyUsageCertSign
	}
	return t, nil
}

// WriteCertificates writes certificates as PEM.
func WriteCertificates(file string, der ...[]byte) error {
	var text []byte
	for _, one := range der {
		text = append(text, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: one})...)
	}
	if err := os.WriteFile(file, text, 0o644); err != nil {
		return fmt.Errorf("writing a certificate: %w", err)
	}
	return nil
}

// ParseCertificates reads the certificates of a PEM text; the error says that there is none, or which cannot be read.
func ParseCertificates(text []byte) ([]*x509.Certificate, error) {
	var all []*x509.Certificate
	for {
		var block *pem.Block
		if block, text = pem.Decode(text); block == nil {
			break
		}
		if block.Type != "CERTIFICATE" {
			continue
		}
		one, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("reading the certificate number %d: %w", len(all)+1, err)
		}
		all = append(all, one)
	}
	if len(all) == 0 {
		return nil, errors.New("no certificate in it: it must be PEM, with lines BEGIN CERTIFICATE")
	}
	return all, nil
}

// WriteKey writes a certificate's private key as PEM, readable by its owner alone.
func WriteKey(file string, of *tls.Certificate) error {
	der, err := x509.MarshalPKCS8PrivateKey(of.PrivateKey)
	if err != nil {
		return fmt.Errorf("writing a private key: %w", err)
	}
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600); err != nil {
		return fmt.Errorf("writing a private key: %w", err)
	}
	return nil
}
