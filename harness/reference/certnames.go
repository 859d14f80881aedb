package reference

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"net"
	"strings"

	"github.com/ncspec/ncspec/harness/pki"
)

// CertName is an entry of the ordered list that makes user names of certificates (RFC 7589 §7).
type CertName struct {
	Fingerprint string // of the certificate, or of an authority in its path; see pki.Fingerprint
	Map         string // one of the Map constants
	Name        string // with MapSpecified
}

// The map types of RFC 7589 §7 (c).
const (
	MapSpecified  = "specified"
	MapMail       = "san-rfc822-name"
	MapDNS        = "san-dns-name"
	MapIP         = "san-ip-address"
	MapAny        = "san-any"
	MapCommonName = "common-name"
)

var errNoUser = errors.New("reference: no user for this certificate")

// certified verifies a client's certificate (RFC 7589 §5) and gives its user (§7). The error ends the handshake.
func (s *Server) certified(state tls.ConnectionState) (string, error) {
	if len(state.PeerCertificates) == 0 {
		return s.uncertified()
	}
	leaf := state.PeerCertificates[0]
	between := x509.NewCertPool()
	for _, one := range state.PeerCertificates[1:] {
		between.AddCert(one)
	}
	paths, err := leaf.Verify(x509.VerifyOptions{Roots: s.tls.clients, Intermediates: between,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	if err != nil && !s.pinned(leaf) {
		return s.unverified(leaf, err)
	}
	if user := s.userOf(leaf, paths); user != "" {
		return user, nil
	}
	if s.broken("unmapped-certificate-accepted") {
		return local, nil
	}
	return "", errNoUser
}

// pinned tells whether a certificate is known by its own fingerprint, which makes up for a path (RFC 7589 §5).
func (s *Server) pinned(leaf *x509.Certificate) bool {
	for _, entry := range s.tls.names {
		if entry.Fingerprint == pki.Fingerprint(leaf.Raw) {
			return true
		}
	}
	return false
}

// userOf is the name that the first usable entry gives, "" without one (RFC 7589 §7 (b), (d)).
func (s *Server) userOf(leaf *x509.Certificate, paths [][]*x509.Certificate) string {
	user := ""
	for _, entry := range s.tls.names {
		if !entry.matches(leaf, paths) {
			continue
		}
		found := s.mapped(entry, leaf)
		if representable(found) && found != "" {
			user = found
		}
		if user != "" && !s.broken("last-mapping-used") || s.broken("search-ends-at-first-match") {
			break
		}
	}
	if s.broken("certificate-name-lowercased") {
		return strings.ToLower(user)
	}
	return user
}

func (n CertName) matches(leaf *x509.Certificate, paths [][]*x509.Certificate) bool {
	if n.Fingerprint == pki.Fingerprint(leaf.Raw) {
		return true
	}
	for _, path := range paths {
		for _, authority := range path[1:] {
			if n.Fingerprint == pki.Fingerprint(authority.Raw) {
				return true
			}
		}
	}
	return false
}

// mapped is the name that an entry gives, "" for none (RFC 7589 §7 (c)).
func (s *Server) mapped(n CertName, leaf *x509.Certificate) string {
	names := altNames(leaf)
	switch n.Map {
	case MapSpecified:
		return n.Name
	case MapCommonName:
		return leaf.Subject.CommonName
	case MapMail:
		return s.firstName(names, sanMail)
	case MapDNS:
		return s.firstName(names, sanDNS)
	case MapIP:
		return s.firstName(names, sanIP)
	case MapAny:
		if s.broken("mail-address-preferred") && s.firstName(names, sanMail) != "" {
			return s.firstName(names, sanMail)
		}
		return s.firstName(names, sanMail, sanDNS, sanIP)
	}
	return ""
}

// The tags of the names that make user names (RFC 5280 §4.2.1.6, GeneralName).
const (
	sanMail = 1
	sanDNS  = 2
	sanIP   = 7
)

// altNames gives the subjectAltNames of a certificate in their order.
func altNames(leaf *x509.Certificate) []asn1.RawValue {
	for _, extension := range leaf.Extensions {
		if extension.Id.Equal(asn1.ObjectIdentifier{2, 5, 29, 17}) {
			var all []asn1.RawValue
			if rest, err := asn1.Unmarshal(extension.Value, &all); err == nil && len(rest) == 0 {
				return all
			}
		}
	}
	return nil
}

// firstName is the first of these kinds, as a user name.
func (s *Server) firstName(names []asn1.RawValue, kinds ...int) string {
	for _, one := range names {
		for _, kind := range kinds {
			if one.Class == asn1.ClassContextSpecific && one.Tag == kind {
				return s.nameOf(kind, one.Bytes)
			}
		}
	}
	return ""
}

func (s *Server) nameOf(kind int, octets []byte) string {
	text := string(octets)
	switch kind {
	case sanMail:
		at := strings.LastIndex(text, "@")
		if at < 0 || s.broken("mail-host-in-any-case") {
			return text
		}
		return text[:at] + strings.ToLower(text[at:])
	case sanDNS:
		if s.broken("dns-name-in-any-case") {
			return text
		}
		return strings.ToLower(text)
	}
	if len(octets) == net.IPv6len {
		return hex.EncodeToString(octets)
	}
	return net.IP(octets).String()
}
