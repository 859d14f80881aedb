package ssh

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// userCertificate is an OpenSSH certificate that says who a key belongs to.
type userCertificate struct {
	file string
	cert *gossh.Certificate
}

// loadCertificates reads the files named, and those beside the identities.
func loadCertificates(named, identities []string) ([]*userCertificate, error) {
	var all []*userCertificate
	for _, file := range identities {
		if beside := strings.TrimSuffix(file, ".pub") + "-cert.pub"; !slices.Contains(named, beside) {
			if _, err := os.Stat(beside); errors.Is(err, fs.ErrNotExist) {
				continue
			}
			named = append(slices.Clone(named), beside)
		}
	}
	for _, file := range named {
		cert, err := loadCertificate(file)
		if err != nil {
			return nil, fmt.Errorf("reading the certificate %s: %w", file, err)
		}
		all = append(all, &userCertificate{file, cert})
	}
	return all, nil
}

func loadCertificate(file string) (*gossh.Certificate, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, plainCause(err)
	}
	key, _, _, _, err := gossh.ParseAuthorizedKey(text)
	if err != nil {
		return nil, errors.New("it must be a certificate as ssh-keygen -s writes it, a file that ends with -cert.pub")
	}
	cert, ok := key.(*gossh.Certificate)
	switch {
	case !ok:
		return nil, errors.New("it is a public key, and no certificate: have it signed with ssh-keygen -s")
	case cert.CertType != gossh.UserCert:
		return nil, errors.New("it is the certificate of a host, and not of a user: sign one without ssh-keygen -h")
	}
	return cert, nil
}

// certified puts certificates in front of the keys that they are for.
func (a *attempt) certified(keys []gossh.Signer) []gossh.Signer {
	var signers []gossh.Signer
	for _, c := range a.certificates {
		i := slices.IndexFunc(keys, func(s gossh.Signer) bool { return same(s.PublicKey(), c.cert.Key) })
		if i < 0 {
			a.notes = append(a.notes, fmt.Sprintf("there is no key for the certificate %s: name its private key, or add it to the agent", c.file))
			continue
		}
		signer, err := gossh.NewCertSigner(c.cert, keys[i])
		if err != nil {
			a.notes = append(a.notes, fmt.Sprintf("using the certificate %s: %v", c.file, err))
			continue
		}
		a.shown = append(a.shown, c)
		signers = append(signers, signer)
	}
	for _, key := range keys {
		if cert := heldCertificate(key.PublicKey()); cert != nil {
			a.shown = append(a.shown, &userCertificate{fmt.Sprintf("%q in the SSH agent", cert.KeyId), cert})
		}
	}
	return append(signers, keys...)
}

// heldCertificate is the certificate that an agent holds with a key, nil if it is a plain key.
func heldCertificate(key gossh.PublicKey) *gossh.Certificate {
	parsed, err := gossh.ParsePublicKey(key.Marshal())
	if err != nil {
		return nil
	}
	cert, _ := parsed.(*gossh.Certificate)
	return cert
}

func same(a, b gossh.PublicKey) bool { return bytes.Equal(a.Marshal(), b.Marshal()) }

// doubts tells what a server may have had against each certificate that was offered.
func (a *attempt) doubts(user string, now time.Time) []string {
	var all []string
	for _, c := range a.shown {
		all = append(all, fmt.Sprintf("the certificate %s %s", c.file, doubt(c.cert, user, now)))
	}
	return all
}

// doubt is the most likely reason why a server refused a user's certificate.
func doubt(c *gossh.Certificate, user string, now time.Time) string {
	if fault := outOfTime(c, now); fault != "" {
		return fault + ": have a new one signed"
	}
	if !slices.Contains(c.ValidPrincipals, user) {
		return fmt.Sprintf("names the principals %s, and not the user %s: log in as one of them, or have one signed for this user",
			list(c.ValidPrincipals), user)
	}
	return fmt.Sprintf("was refused, though it is valid now and names this user: the server may not trust its CA, %s",
		gossh.FingerprintSHA256(c.SignatureKey))
}

// outOfTime tells that a certificate has expired or is not yet valid, "" if neither.
func outOfTime(c *gossh.Certificate, now time.Time) string {
	at := uint64(now.Unix())
	switch {
	case at < c.ValidAfter:
		return "is not valid before " + clock(c.ValidAfter)
	case c.ValidBefore != gossh.CertTimeInfinity && at >= c.ValidBefore:
		return "expired on " + clock(c.ValidBefore)
	}
	return ""
}

// clock writes seconds since 1970 for people.
func clock(seconds uint64) string {
	return time.Unix(int64(seconds), 0).UTC().Format("2006-01-02 15:04:05 UTC")
}
