package ssh

import (
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// plain is the key itself where the server shows a certificate for it.
func plain(key gossh.PublicKey) gossh.PublicKey {
	if cert, ok := key.(*gossh.Certificate); ok {
		return cert.Key
	}
	return key
}

// certificate checks a host certificate against the CAs (@cert-authority) of
// the known_hosts files. The error says why it does not count.
func (k *knownHosts) certificate(check gossh.HostKeyCallback, p peer, remote net.Addr, cert *gossh.Certificate) (string, error) {
	var err error
	for _, name := range p.names() {
		if err = check(name, remote, cert); err == nil {
			return fmt.Sprintf("known_hosts, by the CA %s", gossh.FingerprintSHA256(cert.SignatureKey)), nil
		}
		if fault := certificateFault(err, name, cert, time.Now()); fault != "" {
			return "", ErrHostCertificate{Address: p.address, ID: cert.KeyId, Fault: fault, Jump: p.jump}
		}
	}
	return "", err
}

// certificateFault is what a certificate of a known CA lacks, "" if its CA is not known.
func certificateFault(err error, name string, cert *gossh.Certificate, now time.Time) string {
	host, _, _ := net.SplitHostPort(name)
	if strings.Contains(err.Error(), "no authorities for hostname") {
		return ""
	}
	if fault := outOfTime(cert, now); fault != "" {
		return fault
	}
	if !slices.Contains(cert.ValidPrincipals, host) {
		return fmt.Sprintf("is for %s, and not for %s", list(cert.ValidPrincipals), host)
	}
	return "does not hold: " + strings.TrimPrefix(err.Error(), "ssh: ")
}
