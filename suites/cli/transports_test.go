package cli_test

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/pki"
	"github.com/ncspec/ncspec/harness/reference"
)

// tlsFolder makes certificates for a server and a client, and gives the folder: ca.pem, server.pem, client.pem, other.pem
// of an authority that nobody trusts; each with its key in a .key beside it.
func tlsFolder(t *testing.T, server pki.Wanted) string {
	t.Helper()
	g, folder := NewWithT(t), t.TempDir()
	root, err := pki.SelfSigned(pki.Wanted{Name: "authority", CA: true})
	g.Expect(err).NotTo(HaveOccurred())
	unknown, err := pki.SelfSigned(pki.Wanted{Name: "somebody", CA: true})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(pki.WriteCertificates(filepath.Join(folder, "ca.pem"), root.Certificate...)).To(Succeed())
	for name, wanted := range map[string]pki.Wanted{"server": server, "client": {Name: "admin"}, "other": {Name: "other"}} {
		issuer := root
		if name == "other" {
			issuer = unknown
		}
		made, err := pki.Issue(wanted, issuer)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(pki.WriteCertificates(filepath.Join(folder, name+".pem"), made.Certificate...)).To(Succeed())
		g.Expect(pki.WriteKey(filepath.Join(folder, name+".key"), made)).To(Succeed())
	}
	return folder
}

// here is a server certificate that is right.
func here() pki.Wanted { return pki.Wanted{Name: "device", IPs: []net.IP{net.IPv4(127, 0, 0, 1)}} }

// tlsTarget starts a reference server with those certificates, and gives the arguments that reach it.
func tlsTarget(t *testing.T, folder string) []string {
	t.Helper()
	server := serve(t, reference.Options{TLS: &reference.TLS{Certificate: folder + "/server.pem", Key: folder + "/server.key", ClientCA: folder + "/ca.pem"}})
	return []string{"tls://" + server.TLSAddr(), "--tls-cert", folder + "/client.pem", "--tls-key", folder + "/client.key", "--tls-ca", folder + "/ca.pem"}
}

func TestTLS(t *testing.T) {
	alone(t)
	o := ncspec(t, append([]string{"hello"}, tlsTarget(t, tlsFolder(t, here()))...)...)
	g := NewWithT(t)
	g.Expect(o.code).To(BeZero(), o.errs)
	g.Expect(o.out).To(And(ContainSubstring("TLS 1.3"), ContainSubstring("certificate path, name 127.0.0.1"), ContainSubstring("CN=admin")))
}

func TestCertificatesThatAreNotRight(t *testing.T) {
	alone(t)
	yesterday := time.Now().Add(-24 * time.Hour)
	expired := here()
	expired.NotBefore, expired.NotAfter = yesterday.Add(-time.Hour), yesterday
	for name, c := range map[string]struct {
		server pki.Wanted
		change []string // of the arguments; later ones win
		tells  []string
	}{
		"expired server certificate": {expired, nil, []string{"the server's certificate is not valid now", "Renew it", "--tls-fingerprint", "fingerprint SHA256:"}},
		"unknown authority":          {here(), []string{"--tls-ca", "FOLDER/other.pem"}, []string{"nobody who is trusted vouches for the server's certificate", "--tls-ca"}},
		"another name":               {pki.Wanted{Name: "device", DNS: []string{"router.example"}}, nil, []string{"the server's certificate is for another name", "--tls-name"}},
		"another certificate": {here(), []string{"--tls-fingerprint", "SHA256:" + fmt.Sprintf("%064x", 1)},
			[]string{"the server shows another certificate than the one expected", "somebody is in between", "--tls-fingerprint SHA256:"}},
		"a client certificate that the server refuses": {here(), []string{"--tls-cert", "FOLDER/other.pem", "--tls-key", "FOLDER/other.key"},
			[]string{"the server refused the client's certificate", `"CN=other" of "CN=somebody"`, "see that the server trusts its issuer"}},
	} {
		t.Run(name, func(t *testing.T) {
			folder := tlsFolder(t, c.server)
			args := append([]string{"run"}, tlsTarget(t, folder)...)
			for _, arg := range c.change {
				args = append(args, strings.Replace(arg, "FOLDER", folder, 1))
			}
			fails(t, ncspec(t, args...), exitUnusable, c.tells...)
		})
	}
}

func TestNoClientCertificate(t *testing.T) {
	alone(t)
	folder := tlsFolder(t, here())
	target := tlsTarget(t, folder)[0]
	fails(t, ncspec(t, "run", target, "--tls-ca", folder+"/ca.pem"), exitUnusable, "the server refused the client's certificate",
		"None was shown", "--tls-cert and --tls-key")
}

func TestNoTLS(t *testing.T) {
	alone(t)
	server := serve(t, reference.Options{})
	fails(t, ncspec(t, "run", "tls://"+server.Addr()), exitUnusable, "what answers is not TLS", "NETCONF over TLS is on 6513")
	fails(t, ncspec(t, "run", "tls://"+closed(t)), exitUnusable, "the server is not reachable", "6513 unless the address names one")
	silent := write(t, "device.yaml", "address: "+listen(t, func(net.Conn) {})+"\ntransport: tls\ngrace: 100ms\n")
	fails(t, ncspec(t, "run", silent), exitUnusable, "the time limit ran out", "NETCONF over TLS that listens there")
}

func TestWrongUseOfTLS(t *testing.T) {
	alone(t)
	folder := tlsFolder(t, here())
	for name, c := range map[string]struct {
		args  []string
		tells string
	}{
		"no such certificate":            {[]string{"tls://h", "--tls-cert", "/nowhere.pem"}, "/nowhere.pem"},
		"another certificate's key":      {[]string{"tls://h", "--tls-cert", folder + "/client.pem", "--tls-key", folder + "/other.key"}, "does not match"},
		"a key alone":                    {[]string{"tls://h", "--tls-key", folder + "/other.key"}, "give the client's certificate as well"},
		"no certificate in --tls-ca":     {[]string{"tls://h", "--tls-ca", folder + "/other.key"}, "no certificate in it"},
		"no fingerprint":                 {[]string{"tls://h", "--tls-fingerprint", "SHA256:12"}, "64 hexadecimal digits"},
		"certificates for SSH":           {[]string{"ssh://a@h", "--tls-ca", folder + "/ca.pem"}, "are for tls:// and tls+callhome:// targets"},
		"a call without host key":        {[]string{"ssh+callhome://a@"}, "give the fingerprint SHA256"},
		"a call from just anybody":       {[]string{"ssh+callhome://a@", "--host-key", "accept"}, "proves nothing by where it comes from"},
		"a call without a name":          {[]string{"tls+callhome://"}, "give --tls-name"},
		"no second user's certificate":   {[]string{write(t, "device.yaml", "address: h\ntransport: tls\nsecond-user: {user: guest}\n")}, "guest has no certificate"},
		"another server's transport":     {[]string{"--transport", "telnet"}, "use one of ssh, tls, unix"},
		"a transport besides the target": {[]string{"ssh://a@h", "--transport", "tls"}, "drop them, or drop the target"},
	} {
		t.Run(name, func(t *testing.T) {
			fails(t, ncspec(t, append([]string{"run"}, c.args...)...), exitUsage, c.tells)
		})
	}
}

func TestACallThatNeverComes(t *testing.T) {
	alone(t)
	o := ncspec(t, "run", "ssh+callhome://admin@127.0.0.1:"+freePort(t), "--host-key", "SHA256:"+nobodysKey, "--call-limit", "100ms")
	fails(t, o, exitUnusable, "the server has not called home", "none came within 100ms", "set up to call this machine")
}

// nobodysKey is a fingerprint of no key that there is.
const nobodysKey = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

func freePort(t *testing.T) string {
	t.Helper()
	_, port, err := net.SplitHostPort(closed(t))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return port
}

func TestAnAddressThatCannotBeListenedAt(t *testing.T) {
	alone(t)
	taken := listen(t, func(net.Conn) {})
	o := ncspec(t, "run", "ssh+callhome://admin@"+taken, "--host-key", "SHA256:"+nobodysKey)
	fails(t, o, exitUnusable, "listening for a call home at "+taken, "address already in use", "a port that is free")
}

func TestACallFromAStranger(t *testing.T) {
	alone(t)
	t.Run("by SSH", func(t *testing.T) {
		at := "127.0.0.1:" + freePort(t)
		stranger := serve(t, reference.Options{CallHome: []string{at}})
		o := ncspec(t, "run", "ssh+callhome://admin@"+at, "--host-key", "SHA256:"+nobodysKey, "--call-limit", "1s")
		fails(t, o, exitUnusable, "the server has not called home", "callers were refused within 1s", "127.0.0.1:", fingerprint(stranger))
	})
	t.Run("by TLS", func(t *testing.T) {
		at := "127.0.0.1:" + freePort(t)
		serve(t, reference.Options{CallHomeTLS: []string{at}})
		folder := tlsFolder(t, here())
		o := ncspec(t, "run", "tls+callhome://"+at, "--tls-name", "localhost", "--tls-ca", folder+"/ca.pem", "--call-limit", "1s")
		fails(t, o, exitUnusable, "callers were refused within 1s", "nobody who is trusted vouches", "ncspec reference server")
	})
}

func TestACallFromTheTargetAmongStrangers(t *testing.T) {
	alone(t)
	at := "127.0.0.1:" + freePort(t)
	serve(t, reference.Options{CallHome: []string{at}})
	server := serve(t, reference.Options{CallHome: []string{at}})
	o := ncspec(t, "hello", "ssh+callhome://admin@"+at, "--host-key", fingerprint(server))
	NewWithT(t).Expect(o.code).To(BeZero(), o.errs)
	NewWithT(t).Expect(o.out).To(And(ContainSubstring("a connection a call"), ContainSubstring(fingerprint(server))))
}

func TestACallThatDoesNotLetUsIn(t *testing.T) {
	alone(t)
	t.Setenv("NCSPEC_PASSWORD", "wrong")
	at := "127.0.0.1:" + freePort(t)
	server := serve(t, reference.Options{CallHome: []string{at}})
	o := ncspec(t, "run", "ssh+callhome://admin@"+at, "--host-key", fingerprint(server))
	fails(t, o, exitUnusable, "authentication failed")
}

func TestUnixSocket(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "s")
	fails(t, ncspec(t, "run", "unix://"+path), exitUnusable, "connecting to the socket "+path, "There is no such socket")
	serve(t, reference.Options{Unix: path})
	o := ncspec(t, "hello", "unix://"+path)
	g.Expect(o.code).To(BeZero(), o.errs)
	g.Expect(o.out).To(MatchRegexp(`encryption +none`))
	fails(t, ncspec(t, "run", "unix://"+write(t, "file", "")), exitUnusable, "Nobody listens at it", "a socket and not another file")
}

func TestCommand(t *testing.T) {
	alone(t)
	t.Setenv(asCommand, "1")
	self, err := os.Executable()
	g := NewWithT(t)
	g.Expect(err).NotTo(HaveOccurred())
	o := ncspec(t, "hello", "exec:"+self+" serve --stdio")
	g.Expect(o.code).To(BeZero(), o.errs)
	g.Expect(o.out).To(ContainSubstring("urn:ietf:params:netconf:base:1.1"))

	path := filepath.Join(t.TempDir(), "s")
	serve(t, reference.Options{Unix: path})
	o = ncspec(t, "run", "exec:"+self+" serve --stdio --unix "+path, "--suite", "session")
	g.Expect(o.code).To(BeZero(), "%s\n%s", o.out, o.errs)
}

func TestCommandsThatAreNoServers(t *testing.T) {
	alone(t)
	for name, c := range map[string]struct {
		command string
		tells   []string
	}{
		"not there":         {"no-such-command-anywhere --stdio", []string{"running no-such-command-anywhere --stdio", "the command cannot be run", "not in PATH"}},
		"not executable":    {write(t, "script", "#!/bin/sh\n"), []string{"the command cannot be run", "permission denied", "There is no shell"}},
		"exits at once":     {"sh -c 'echo the licence is over >&2; exit 7'", []string{"ended the session instead of saying hello", "exit status 7", "its standard error: the licence is over"}},
		"says nothing":      {"sleep 60", []string{"waiting for the server's hello", "nothing complete came within 300ms"}},
		"closes its output": {"sh -c 'exec <&- >&-; sleep 60'", []string{"ended the session instead of saying hello", "closed its input or output and goes on"}},
	} {
		t.Run(name, func(t *testing.T) {
			file := write(t, "device.yaml", fmt.Sprintf("address: %q\ntransport: exec\ngrace: 100ms\n", c.command))
			fails(t, ncspec(t, "run", file), exitUnusable, c.tells...)
		})
	}
}
