package cli_test

import (
	"bytes"
	"io"
	"net"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/wire"
)

// The exit codes, as the help of run tells them.
const (
	exitViolation   = 1
	exitUsage       = 2
	exitUnusable    = 3
	exitError       = 4
	exitInterrupted = 130
)

func TestUnknownHost(t *testing.T) {
	alone(t)
	nowhere(t)
	o := ncspec(t, "run", "ssh://admin@no-such-host.invalid:830")
	fails(t, o, exitUnusable, "connecting to no-such-host.invalid:830", "no such host", "Check the host and the port")
	NewWithT(t).Expect(o.report(t).Run.Unusable).To(ContainSubstring("no such host"))
}

func TestRefusedPort(t *testing.T) {
	alone(t)
	address := closed(t)
	fails(t, ncspec(t, "run", "ssh://admin@"+address), exitUnusable, "connecting to "+address, "connection refused", "that the server runs")
}

func TestWrongPassword(t *testing.T) {
	alone(t)
	t.Setenv("NCSPEC_PASSWORD", "Canary-7Hq")
	server := serve(t, reference.Options{})
	o := ncspec(t, "run", "ssh://admin@"+server.Addr(), "--host-key", fingerprint(server))
	fails(t, o, exitUnusable, "authentication failed", `user "admin"`, "--password-env", "--identity")
	NewWithT(t).Expect(o.out + o.errs).NotTo(ContainSubstring("Canary"))
}

func TestNothingToLogInWith(t *testing.T) {
	alone(t)
	_ = os.Unsetenv("NCSPEC_PASSWORD") // alone puts it back
	server := serve(t, reference.Options{})
	o := ncspec(t, "run", "ssh://admin@"+server.Addr(), "--host-key", "accept")
	fails(t, o, exitUnusable, "authentication failed", "tried: nothing", "--password-env")
}

func TestPasswordFromAnotherVariable(t *testing.T) {
	alone(t)
	t.Setenv("NCSPEC_PASSWORD", "wrong")
	t.Setenv("DEVICE_PASSWORD", "admin")
	server := serve(t, reference.Options{})
	o := ncspec(t, "hello", "ssh://admin@"+server.Addr(), "--host-key", "accept", "--password-env", "DEVICE_PASSWORD")
	NewWithT(t).Expect(o.code).To(BeZero(), o.errs)
}

func TestUnknownHostKey(t *testing.T) {
	alone(t)
	server := serve(t, reference.Options{})
	fails(t, ncspec(t, "run", "ssh://admin@"+server.Addr()), exitUnusable,
		"unknown ssh-ed25519 host key", "--host-key "+fingerprint(server), "--host-key accept")
}

func TestHostKeyOfKnownHosts(t *testing.T) {
	alone(t)
	server := serve(t, reference.Options{})
	knows(t, server.Addr(), server.HostKey())
	o := ncspec(t, "hello", "ssh://admin@"+server.Addr())
	NewWithT(t).Expect(o.code).To(BeZero(), o.errs)
	NewWithT(t).Expect(o.out).To(ContainSubstring("known_hosts"))
}

func TestChangedHostKey(t *testing.T) {
	alone(t)
	server, other := serve(t, reference.Options{}), serve(t, reference.Options{})
	knows(t, server.Addr(), other.HostKey())
	url := "ssh://admin@" + server.Addr()
	warning := []string{"shows the ssh-ed25519 host key " + fingerprint(server), fingerprint(other), "the key was changed, or somebody is in between"}
	fails(t, ncspec(t, "run", url), exitUnusable, append(warning, "known_hosts:1")...)
	fails(t, ncspec(t, "run", url, "--host-key", fingerprint(other)), exitUnusable, warning...)
}

// knows puts a key into the user's known_hosts.
func knows(t *testing.T, address string, key gossh.PublicKey) {
	t.Helper()
	folder := filepath.Join(os.Getenv("HOME"), ".ssh")
	NewWithT(t).Expect(os.MkdirAll(folder, 0o700)).To(Succeed())
	line := knownhosts.Line([]string{address}, key) + "\n"
	NewWithT(t).Expect(os.WriteFile(filepath.Join(folder, "known_hosts"), []byte(line), 0o600)).To(Succeed())
}

func TestSSHWithoutNETCONF(t *testing.T) {
	alone(t)
	server := serve(t, reference.Options{})
	fails(t, ncspec(t, "run", "ssh://admin@"+server.SSHAddr(), "--host-key", "accept"), exitUnusable,
		"the server offers no NETCONF over SSH", "NETCONF is on 830", "enabled for this user")
}

func TestNoSSH(t *testing.T) {
	alone(t)
	web := listen(t, func(conn net.Conn) {
		_, _ = io.WriteString(conn, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
		_ = conn.Close()
	})
	fails(t, ncspec(t, "run", "ssh://admin@"+web, "--host-key", "accept"), exitUnusable, "no SSH handshake", "Check that an SSH server listens there")
}

func TestAServerThatSaysNothing(t *testing.T) {
	alone(t)
	t.Run("not even SSH", func(t *testing.T) {
		address := listen(t, func(net.Conn) {})
		fails(t, ncspec(t, "run", quickly(t, address)), exitUnusable, "the time limit ran out", "gave no answer for 1s")
	})
	t.Run("no hello", func(t *testing.T) {
		address := subsystem(t, func(gossh.Channel) {})
		fails(t, ncspec(t, "run", quickly(t, address)), exitUnusable,
			"waiting for the server's hello: nothing complete came within 300ms", "see that a NETCONF server is behind it")
	})
	t.Run("the end instead of a hello", func(t *testing.T) {
		address := subsystem(t, func(c gossh.Channel) { _ = c.Close() })
		fails(t, ncspec(t, "run", quickly(t, address)), exitUnusable, "the server ended the session instead of saying hello", "see that a NETCONF server is behind it")
	})
}

// helloStart is a hello that lacks its end.
var helloStart = `<hello xmlns="` + netconf.BaseNamespace + `"><capabilities><capability>` + netconf.Base11 + `</capability>`

func TestAHelloThatNeverEnds(t *testing.T) {
	alone(t)
	t.Run("and stops", func(t *testing.T) {
		address := subsystem(t, func(c gossh.Channel) { _, _ = io.WriteString(c, helloStart) })
		fails(t, ncspec(t, "run", quickly(t, address)), exitUnusable, "nothing complete came within 300ms")
	})
	t.Run("and goes on for ever", func(t *testing.T) {
		address := subsystem(t, func(c gossh.Channel) {
			_, _ = io.WriteString(c, helloStart)
			flood(c, []byte("<capability>urn:again</capability>"), 1<<40)
		})
		file := write(t, "device.yaml", "address: "+address+"\nuser: admin\nhost-key: accept\ngrace: 1m\n")
		fails(t, ncspec(t, "run", file), exitUnusable, "octets of one message")
	})
}

func TestAHelloThatCannotBeRead(t *testing.T) {
	alone(t)
	address := subsystem(t, func(c gossh.Channel) { _, _ = io.WriteString(c, "garbage"+wire.EndOfMessageMark) })
	o := ncspec(t, "run", quickly(t, address), "--suite", "hello")
	g := NewWithT(t)
	g.Expect(o.code).To(Equal(1), "%s\n%s", o.out, o.errs) // that is a violation, and one that can be judged
	g.Expect(o.report(t).Run.Notes).To(ContainElement(ContainSubstring("no session can be had with this server")))
}

// flood writes octets again and again until so many are written, or the reader has gone; it gives how many.
func flood(w io.Writer, octets []byte, total int) int {
	block := bytes.Repeat(octets, 1+(32<<10)/len(octets))
	written := 0
	for written < total {
		n, err := w.Write(block)
		written += n
		if err != nil {
			break
		}
	}
	return written
}
