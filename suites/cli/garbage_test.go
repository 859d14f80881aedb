package cli_test

import (
	"bytes"
	"crypto/rand"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"

	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/wire"
)

const (
	gigabyte = 1 << 30
	// mostMemory is what a run may take at its peak, in KiB: the race detector makes much of little.
	mostMemory = 700 << 10
)

func TestAGigabyteOfGarbage(t *testing.T) {
	alone(t)
	block := make([]byte, 32<<10)
	_, err := rand.Read(block)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	garbage := func(w io.Writer) int { return flood(w, block, gigabyte) }
	greeted := func(c gossh.Channel) {
		_, _ = c.Write(wire.Append(nil, wire.EndOfMessage, netconf.MarshalHello(1, netconf.Base10, netconf.Base11)))
	}
	for name, c := range map[string]struct {
		serve func(t *testing.T, written *atomic.Int64) string
		code  int
		most  int64 // of the gigabyte, that the server gets rid of
	}{
		"instead of SSH": {func(t *testing.T, written *atomic.Int64) string {
			return listen(t, func(c net.Conn) { written.Add(int64(garbage(c))) })
		}, exitUnusable, 64 << 20},
		"instead of a hello": {func(t *testing.T, written *atomic.Int64) string {
			return subsystem(t, func(c gossh.Channel) { written.Add(int64(garbage(c))) })
		}, exitUnusable, 64 << 20},
		"behind the hello": {func(t *testing.T, written *atomic.Int64) string {
			return subsystem(t, func(c gossh.Channel) { greeted(c); written.Add(int64(garbage(c))) })
		}, exitError, 8 * gigabyte},
		"as one reply": {func(t *testing.T, written *atomic.Int64) string {
			return subsystem(t, func(c gossh.Channel) {
				greeted(c)
				_, _ = io.WriteString(c, "\n#1073741824\n")
				written.Add(int64(garbage(c)))
			})
		}, exitError, 8 * gigabyte},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := NewWithT(t)
			var written atomic.Int64
			file := quickly(t, c.serve(t, &written))
			o, most := child(t, "run", file, "--spec", "rpc/get-without-parameters")
			g.Expect(o.code).To(Equal(c.code), "%s\n%s", o.out, o.errs)
			g.Expect(most).To(BeNumerically("<", mostMemory))
			g.Expect(written.Load()).To(BeNumerically("<", c.most))
			g.Expect(red(t, filepath.Join(o.dir, "junit.xml"))).NotTo(BeEmpty())
		})
	}
}

// child runs the command in a process of its own, as ncspec does in this one, and gives its peak of memory in KiB.
func child(t *testing.T, args ...string) (outcome, int) {
	t.Helper()
	args, dir := withOut(t, args)
	file := filepath.Join(t.TempDir(), "peak")
	command, out, errs := begin(t, []string{peakFile + "=" + file}, args...)
	_ = command.Wait()
	return outcome{code: command.ProcessState.ExitCode(), out: out.String(), errs: errs.String(), dir: dir}, peakOf(file)
}

// start starts the command in a process of its own.
func start(t *testing.T, args ...string) (command *exec.Cmd, out, errs *bytes.Buffer) {
	t.Helper()
	return begin(t, nil, args...)
}

func begin(t *testing.T, environment []string, args ...string) (command *exec.Cmd, out, errs *bytes.Buffer) {
	t.Helper()
	executable, err := os.Executable()
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	out, errs = &bytes.Buffer{}, &bytes.Buffer{}
	command = exec.CommandContext(t.Context(), executable, args...)
	command.Env = append(append(os.Environ(), asCommand+"=1"), environment...)
	command.Stdout, command.Stderr = out, errs
	NewWithT(t).Expect(command.Start()).To(Succeed())
	return command, out, errs
}
