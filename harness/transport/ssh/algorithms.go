package ssh

import (
	"fmt"
	"slices"
	"strings"

	gossh "golang.org/x/crypto/ssh"
)

// offers completes what is offered to the server: everything without security
// issues, and where it is asked for, what has some behind it.
func (c Config) offers() gossh.Algorithms {
	all, legacy := gossh.SupportedAlgorithms(), gossh.InsecureAlgorithms()
	complete := func(chosen, good, bad []string) []string {
		switch {
		case len(chosen) > 0:
			return chosen
		case c.Legacy:
			return slices.Concat(good, bad)
		}
		return good
	}
	return gossh.Algorithms{
		KeyExchanges: complete(c.Algorithms.KeyExchanges, all.KeyExchanges, legacy.KeyExchanges),
		Ciphers:      complete(c.Algorithms.Ciphers, all.Ciphers, legacy.Ciphers),
		MACs:         complete(c.Algorithms.MACs, all.MACs, legacy.MACs),
		HostKeys:     complete(c.Algorithms.HostKeys, all.HostKeys, legacy.HostKeys),
	}
}

// modern keeps a key from signing with SHA-1 (RFC 8332 has what is better).
func modern(signer gossh.Signer) gossh.Signer {
	kind := signer.PublicKey().Type()
	if kind != gossh.KeyAlgoRSA && kind != gossh.CertAlgoRSAv01 {
		return signer
	}
	able, ok := signer.(gossh.AlgorithmSigner)
	if !ok {
		return signer
	}
	restricted, err := gossh.NewSignerWithAlgorithms(able, []string{gossh.KeyAlgoRSASHA256, gossh.KeyAlgoRSASHA512})
	if err != nil {
		return signer
	}
	return restricted
}

// legacyUsed lists those of the negotiated algorithms that have security issues.
func legacyUsed(used gossh.NegotiatedAlgorithms) []string {
	bad := gossh.InsecureAlgorithms()
	all := slices.Concat(bad.KeyExchanges, bad.Ciphers, bad.MACs, bad.HostKeys)
	var found []string
	for _, name := range []string{used.KeyExchange, used.HostKey, used.Write.Cipher, used.Read.Cipher, used.Write.MAC, used.Read.MAC} {
		if slices.Contains(all, name) && !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	return found
}

// noCommon explains a key exchange in which the two sides share nothing: what
// each of them offers, and whether the legacy algorithms would help.
func (c Config) noCommon(n *gossh.AlgorithmNegotiationError) *Error {
	kind := strings.TrimPrefix(n.What, "client to server ")
	kind = strings.TrimPrefix(kind, "server to client ")
	cause := fmt.Errorf("no common algorithm for %s: the server offers %s; ncspec offers %s",
		kind, list(n.RequestedAlgorithms), list(n.SupportedAlgorithms))
	bad := gossh.InsecureAlgorithms()
	known := slices.Concat(bad.KeyExchanges, bad.Ciphers, bad.MACs, bad.HostKeys)
	known = slices.DeleteFunc(known, func(name string) bool { return !slices.Contains(n.RequestedAlgorithms, name) })
	advice := "ncspec has none of the server's algorithms, and no legacy ones for it either: enable a newer one on the server"
	switch {
	case len(known) > 0 && !c.Legacy && c.Jump:
		advice = fmt.Sprintf("Enable a newer one on the jump host, or allow %s with legacy-algorithms: true at this jump in a target file", list(known))
	case len(known) > 0 && !c.Legacy:
		advice = fmt.Sprintf("Enable a newer one on the server, or allow %s with --legacy-algorithms "+
			"(legacy-algorithms: true in a target file); the report says so", list(known))
	}
	return &Error{Kind: ErrHandshake, Address: c.Address, Doing: "exchanging SSH keys with", Cause: cause, Advice: advice}
}
