package reference

import (
	"crypto/tls"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/ncspec/ncspec/harness/pki"
)

// made is a client certificate that the server makes, and what it is mapped to.
type made struct {
	file   string // without its ending
	wanted pki.Wanted
	self   bool // signed by itself
	maps   []CertName
	user   string // that comes of it, "" for one that is refused
	proves string // the requirement that it shows
}

// clients are the certificates that the server makes: two users, and one for each rule of RFC 7589 §5 and §7.
func clients() []made {
	specified := func(name string) []CertName { return []CertName{{Map: MapSpecified, Name: name}} }
	mapped := func(kind string) []CertName { return []CertName{{Map: kind}} }
	now := time.Now()
	return []made{
		{file: "client", wanted: pki.Wanted{Name: "admin"}, maps: specified(local), user: local},
		{file: "guest", wanted: pki.Wanted{Name: "guest"}, maps: specified(guest), user: guest},
		{file: "order", wanted: pki.Wanted{Name: "order"}, maps: append(specified("order-a"), specified("order-b")...), user: "order-a",
			proves: "rfc7589-7-mapping-order-first-match"},
		{file: "continue", wanted: pki.Wanted{Name: "continue"}, maps: append(mapped(MapMail), specified("continue-b")...), user: "continue-b",
			proves: "rfc7589-7-continue-when-no-name"},
		{file: "mail", wanted: pki.Wanted{Name: "mail", Mails: []string{"Joe.User@EXAMPLE.Com"}}, maps: mapped(MapMail), user: "Joe.User@example.com",
			proves: "rfc7589-7-san-rfc822-lowercase-host"},
		{file: "dns", wanted: pki.Wanted{Name: "dns", DNS: []string{"HOST.Example"}}, maps: mapped(MapDNS), user: "host.example",
			proves: "rfc7589-7-san-dns-ip-formats"},
		{file: "ipv4", wanted: pki.Wanted{Name: "ipv4", IPs: []net.IP{net.IPv4(192, 0, 2, 1).To4()}}, maps: mapped(MapIP), user: "192.0.2.1",
			proves: "rfc7589-7-san-dns-ip-formats"},
		{file: "ipv6", wanted: pki.Wanted{Name: "ipv6", IPs: []net.IP{net.ParseIP("2001:db8::1")}}, maps: mapped(MapIP),
			user: "20010db8000000000000000000000001", proves: "rfc7589-7-san-dns-ip-formats"},
		{file: "any", wanted: pki.Wanted{Name: "any", DNS: []string{"b.example"}, Mails: []string{"a@example"}}, maps: mapped(MapAny),
			user: "b.example", proves: "rfc7589-7-san-any-first-value"},
		{file: "case", wanted: pki.Wanted{Name: "case"}, maps: specified("Mixed.Case@Example"), user: "Mixed.Case@Example",
			proves: "rfc7589-7-username-unmodified"},
		{file: "unmapped", wanted: pki.Wanted{Name: "unmapped"}, proves: "rfc7589-7-unmapped-user-terminated"},
		{file: "expired", wanted: pki.Wanted{Name: "expired", NotBefore: now.Add(-48 * time.Hour), NotAfter: now.Add(-time.Hour)},
			proves: "rfc7589-5-untrusted-certificate-terminated"},
		{file: "early", wanted: pki.Wanted{Name: "early", NotBefore: now.Add(24 * time.Hour), NotAfter: now.Add(48 * time.Hour)},
			proves: "rfc7589-5-untrusted-certificate-terminated"},
		{file: "pinned", wanted: pki.Wanted{Name: "pinned"}, self: true, maps: specified("pinned"), user: "pinned",
			proves: "rfc7589-5-fingerprint-match-accepted"},
	}
}

// make makes an authority, one below it that vouches for the server, the server's certificate, those of the clients, and
// the target file.
func (s *Server) make(t *tlsService, o *TLS) (err error) {
	if t.folder, err = os.MkdirTemp("", "ncspec-tls-"); err != nil {
		return fmt.Errorf("making a folder for certificates: %w", err)
	}
	root, err := pki.SelfSigned(pki.Wanted{Name: "ncspec reference authority", CA: true})
	if err != nil {
		return err
	}
	between, err := pki.Issue(pki.Wanted{Name: "ncspec reference servers", CA: true}, root)
	if err != nil {
		return err
	}
	host, _, _ := net.SplitHostPort(t.listener.Addr().String())
	own, err := pki.Issue(pki.Wanted{Name: "ncspec reference server", DNS: []string{"localhost"},
		IPs: []net.IP{net.ParseIP(host), net.IPv4(127, 0, 0, 1), net.IPv6loopback}}, between)
	if err != nil {
		return err
	}
	// Who trusts both can connect where the server leaves out the one between.
	if err := pki.WriteCertificates(t.file("ca.pem"), root.Certificate[0], between.Certificate[0]); err != nil {
		return err
	}
	if err := t.write("server", own); err != nil {
		return err
	}
	o.Certificate, o.Key, o.ClientCA = t.file("server.pem"), t.file("server.key"), t.file("ca.pem")
	if err := t.makeClients(root); err != nil {
		return err
	}
	if err := t.writeTarget("target.yaml", "tls", t.listener.Addr().String()); err != nil || len(s.options.CallHomeTLS) == 0 {
		return err
	}
	return t.writeTarget("call-home.yaml", "tls+callhome", s.options.CallHomeTLS[0])
}

// makeClients makes the clients' certificates and the list of their users.
func (t *tlsService) makeClients(root *tls.Certificate) error {
	for _, client := range clients() {
		issuer := root
		if client.self {
			issuer = nil
		}
		certificate, err := pki.Issue(client.wanted, issuer)
		if err != nil {
			return err
		}
		if err := t.write(client.file, certificate); err != nil {
			return err
		}
		for _, entry := range client.maps {
			entry.Fingerprint = pki.Fingerprint(certificate.Certificate[0])
			t.names = append(t.names, entry)
		}
	}
	return nil
}

func (t *tlsService) file(name string) string { return filepath.Join(t.folder, name) }

func (t *tlsService) write(name string, c *tls.Certificate) error {
	if err := pki.WriteCertificates(t.file(name+".pem"), c.Certificate...); err != nil {
		return err
	}
	return pki.WriteKey(t.file(name+".key"), c)
}

// writeTarget writes the target file of whoever uses the certificates. Its name for the server is in the certificate.
func (t *tlsService) writeTarget(file, transport, address string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# The reference server by TLS, with certificates that it has made for a day.\n"+
		"name: reference server\naddress: %q\ntransport: %s\ntls:\n  certificate: client.pem\n  key: client.key\n  ca: ca.pem\n  name: localhost\n  identities:\n",
		address, transport)
	for _, c := range clients() {
		if c.proves != "" {
			fmt.Fprintf(&b, "    - {certificate: %s.pem, key: %s.key, proves: %s, user: %q}\n", c.file, c.file, c.proves, c.user)
		}
	}
	fmt.Fprintf(&b, "second-user: {user: %s, tls-certificate: guest.pem, tls-key: guest.key}\n", guest)
	fmt.Fprintf(&b, "default-ports: {tls: %q}\n", t.wellKnown.Addr())
	if err := os.WriteFile(t.file(file), []byte(b.String()), 0o644); err != nil {
		return fmt.Errorf("writing the target file: %w", err)
	}
	return nil
}
