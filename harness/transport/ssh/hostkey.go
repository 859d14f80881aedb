package ssh

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"slices"
	"strings"
	"sync"

	gossh "golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// HostKeyPolicy decides whether a host key is the right one. It is made by
// KnownHosts, Pinned, Accept or ParseHostKey.
type HostKeyPolicy interface {
	// verify returns how the key was verified, in words for a report.
	// outside runs a function that waits for somebody's answer.
	verify(p peer, remote net.Addr, key gossh.PublicKey, outside func(func())) (string, error)
	// keyTypes lists the types of the keys that the policy knows for the peer,
	// so that the server is asked for one of those first.
	keyTypes(p peer) []string
}

// peer is whose key is verified.
type peer struct {
	address string // host:port
	alias   string // that known_hosts files have for it, "" none
	jump    bool   // it is a jump host
}

// names are what known_hosts files may have for the peer, the best first: as
// OpenSSH has it, an entry without a port does for every port.
func (p peer) names() []string {
	if p.alias != "" {
		return []string{net.JoinHostPort(p.alias, "22")}
	}
	host, port, err := net.SplitHostPort(p.address)
	if err != nil || port == "22" {
		return []string{p.address}
	}
	return []string{p.address, net.JoinHostPort(host, "22")}
}

// ParseHostKey reads the value of --host-key: "known-hosts" (or ""), "accept",
// or a fingerprint "SHA256:…". files and ask are for KnownHosts.
func ParseHostKey(value string, files []string, ask func(address, fingerprint string) bool) (HostKeyPolicy, error) {
	switch {
	case value == "" || value == "known-hosts":
		return KnownHosts(files, ask), nil
	case value == "accept":
		return Accept(), nil
	case strings.HasPrefix(value, "SHA256:"):
		return Pinned(value), nil
	}
	return nil, fmt.Errorf("%q says nothing about host keys: "+
		"write known-hosts, accept, or a fingerprint SHA256:… as ssh-keygen -l prints it", value)
}

// Accept takes every host key. The report says so.
func Accept() HostKeyPolicy { return accept{} }

type accept struct{}

func (accept) verify(peer, net.Addr, gossh.PublicKey, func(func())) (string, error) {
	return "not verified: any host key is accepted", nil
}

func (accept) keyTypes(peer) []string { return nil }

// Pinned takes the one host key with that fingerprint, "SHA256:…" as
// ssh-keygen -l prints it; base64 padding at its end makes no difference.
func Pinned(fingerprint string) HostKeyPolicy {
	return pinned(strings.TrimRight(fingerprint, "="))
}

type pinned string

func (p pinned) verify(who peer, _ net.Addr, key gossh.PublicKey, _ func(func())) (string, error) {
	key = plain(key)
	if got := gossh.FingerprintSHA256(key); got != string(p) {
		return "", ErrHostKeyChanged{Address: who.address, KeyType: key.Type(), Fingerprint: got, Expected: string(p), Jump: who.jump}
	}
	return "pinned fingerprint", nil
}

func (pinned) keyTypes(peer) []string { return nil }

// KnownHosts takes the host keys of known_hosts files, and certificates of
// their CAs; a file that does not exist is an empty one. With ask, somebody may accept an unknown key by its
// fingerprint: for as long as the policy lives, nothing is written to a file.
// Without ask an unknown key is refused. A changed or revoked key always is.
func KnownHosts(files []string, ask func(address, fingerprint string) bool) HostKeyPolicy {
	return &knownHosts{files: files, ask: ask, accepted: map[string]string{}}
}

type knownHosts struct {
	files []string
	ask   func(address, fingerprint string) bool

	mu       sync.Mutex        // also keeps two connections from asking at once
	accepted map[string]string // address → fingerprint that somebody accepted
}

func (k *knownHosts) verify(p peer, remote net.Addr, key gossh.PublicKey, outside func(func())) (string, error) {
	check, err := k.load()
	if err != nil {
		return "", err
	}
	var doubt error
	var authority string
	if cert, ok := key.(*gossh.Certificate); ok {
		var how string
		if how, doubt = k.certificate(check, p, remote, cert); doubt == nil {
			return how, nil
		}
		authority = gossh.FingerprintSHA256(cert.SignatureKey)
	}
	key = plain(key)
	known, err := k.entry(check, p, remote, key)
	if known || err != nil {
		return "known_hosts", err
	}
	if errors.As(doubt, &ErrHostCertificate{}) {
		return "", doubt
	}
	return k.unknown(p, key, authority, outside)
}

// entry looks a plain key up under each of the peer's names.
func (k *knownHosts) entry(check gossh.HostKeyCallback, p peer, remote net.Addr, key gossh.PublicKey) (known bool, err error) {
	var changed error
	for _, name := range p.names() {
		err := check(name, remote, key)
		if err == nil {
			return true, nil
		}
		other := ErrHostKeyChanged{Address: p.address, KeyType: key.Type(), Fingerprint: gossh.FingerprintSHA256(key), Jump: p.jump}
		var revoked *knownhosts.RevokedError
		var mismatch *knownhosts.KeyError
		switch {
		case errors.As(err, &revoked):
			other.Expected = fmt.Sprintf("another key (%s:%d revokes this one)", revoked.Revoked.Filename, revoked.Revoked.Line)
			return false, other
		case !errors.As(err, &mismatch):
			return false, fmt.Errorf("looking up the host key of %s: %w", p.address, err)
		}
		if want := keysOnly(mismatch.Want); len(want) > 0 && changed == nil {
			other.Expected = fmt.Sprintf("%s (%s:%d)", gossh.FingerprintSHA256(want[0].Key), want[0].Filename, want[0].Line)
			changed = other
		}
	}
	return false, changed
}

// keysOnly leaves out the CAs, which the library lists among the keys of a host.
func keysOnly(all []knownhosts.KnownKey) []knownhosts.KnownKey {
	return slices.DeleteFunc(slices.Clone(all), func(k knownhosts.KnownKey) bool {
		text, err := os.ReadFile(k.Filename)
		if err != nil {
			return false
		}
		lines := strings.Split(string(text), "\n")
		return k.Line <= len(lines) && strings.HasPrefix(strings.TrimSpace(lines[k.Line-1]), "@cert-authority")
	})
}

// unknown asks whether a key that no file knows may be used.
func (k *knownHosts) unknown(p peer, key gossh.PublicKey, authority string, outside func(func())) (string, error) {
	shown := gossh.FingerprintSHA256(key)
	var accepted string
	outside(func() { accepted = k.askOnce(p.address, shown) })
	switch accepted {
	case shown:
		return "accepted by the user, who was shown the fingerprint", nil
	case "":
		return "", ErrHostKeyUnknown{Address: p.address, KeyType: key.Type(), Fingerprint: shown, Authority: authority, Jump: p.jump}
	}
	return "", ErrHostKeyChanged{Address: p.address, KeyType: key.Type(), Fingerprint: shown, Expected: accepted + " (accepted before)", Jump: p.jump}
}

// askOnce returns the fingerprint that somebody accepts for address, "" if
// none; it asks about fingerprint unless one was accepted before.
func (k *knownHosts) askOnce(address, fingerprint string) string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.accepted[address] == "" && k.ask != nil && k.ask(address, fingerprint) {
		k.accepted[address] = fingerprint
	}
	return k.accepted[address]
}

// load reads the files anew, so that an entry made meanwhile counts.
func (k *knownHosts) load() (gossh.HostKeyCallback, error) {
	var present []string
	for _, file := range k.files {
		if _, err := os.Stat(file); err == nil {
			present = append(present, file)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("reading the known hosts: %w", err)
		}
	}
	check, err := knownhosts.New(present...)
	if err != nil {
		return nil, fmt.Errorf("reading the known hosts: %w", err)
	}
	return check, nil
}

// keyTypes asks the files with a key that cannot be in them: the answer lists
// those that are.
func (k *knownHosts) keyTypes(p peer) []string {
	check, err := k.load()
	if err != nil {
		return nil
	}
	probe, err := gossh.NewPublicKey(ed25519.PublicKey(make([]byte, ed25519.PublicKeySize)))
	if err != nil {
		return nil
	}
	var types []string
	for _, name := range p.names() {
		var mismatch *knownhosts.KeyError
		if !errors.As(check(name, &net.TCPAddr{}, probe), &mismatch) {
			continue
		}
		for _, want := range keysOnly(mismatch.Want) {
			types = append(types, want.Key.Type())
		}
	}
	return types
}

// hostKeyAlgorithms puts those first that sign with a known type of key, so
// that a server with several keys shows the known one. Certificates stay in
// front of all: only servers that have one offer them.
func hostKeyAlgorithms(all, knownTypes []string) []string {
	if len(knownTypes) == 0 {
		return all
	}
	rank := func(algorithm string) int {
		switch {
		case strings.Contains(algorithm, "-cert-v01@"):
			return 0
		case slices.Contains(knownTypes, keyType(algorithm)):
			return 1
		}
		return 2
	}
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b string) int { return rank(a) - rank(b) })
	return sorted
}

// keyType is the type of the key that a host key algorithm signs with.
func keyType(algorithm string) string {
	if algorithm == gossh.KeyAlgoRSASHA256 || algorithm == gossh.KeyAlgoRSASHA512 {
		return gossh.KeyAlgoRSA
	}
	return algorithm
}
