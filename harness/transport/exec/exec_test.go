//go:build unix

package exec

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/transport"
)

// dial runs a command and opens its stream.
func dial(t *testing.T, command ...string) (transport.Conn, transport.Stream) {
	t.Helper()
	g := NewWithT(t)
	d, err := New(command)
	g.Expect(err).NotTo(HaveOccurred())
	conn, err := d.Dial(t.Context())
	g.Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { _ = conn.Abort() })
	stream, err := conn.Open(t.Context())
	g.Expect(err).NotTo(HaveOccurred())
	return conn, stream
}

func TestOctetsPassBothWays(t *testing.T) {
	g := NewWithT(t)
	_, stream := dial(t, "cat")
	_, err := stream.Write([]byte("there and back\n"))
	g.Expect(err).NotTo(HaveOccurred())
	line, err := bufio.NewReader(stream).ReadString('\n')
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(line).To(Equal("there and back\n"))
}

func TestTheEndSaysHowTheCommandEnded(t *testing.T) {
	g := NewWithT(t)
	_, stream := dial(t, "sh", "-c", "echo out of paper >&2; exit 3")
	_, err := stream.Read(make([]byte, 1))
	g.Expect(errors.Is(err, io.EOF)).To(BeTrue())
	g.Expect(err).To(MatchError(And(ContainSubstring("exit status 3"), ContainSubstring("out of paper"))))
	g.Expect(stream.Ended()).To(Equal(transport.EndedDisconnect))
}

func TestACommandThatClosesItsOutputGoesOn(t *testing.T) {
	g := NewWithT(t)
	_, stream := dial(t, "sh", "-c", "exec >&-; cat >/dev/null")
	_, err := stream.Read(make([]byte, 1))
	g.Expect(err).To(MatchError(ContainSubstring("goes on")))
	g.Expect(stream.Ended()).To(Equal(transport.EndedEOF))
}

func TestClosingEndsTheWholeProcessGroup(t *testing.T) {
	for name, end := range map[string]func(transport.Conn) error{"close": transport.Conn.Close, "abort": transport.Conn.Abort} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			conn, stream := dial(t, "sh", "-c", "sleep 600 & echo $!; wait")
			line, err := bufio.NewReader(stream).ReadString('\n')
			g.Expect(err).NotTo(HaveOccurred())
			child, err := strconv.Atoi(strings.TrimSpace(line))
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(end(conn)).To(Succeed())
			g.Eventually(func() bool { return gone(child) }, 10*time.Second, 10*time.Millisecond).Should(BeTrue())
			g.Expect(stream.Ended()).To(Equal(transport.EndedNot), "it was us")
		})
	}
}

// gone tells whether a process has ended: who is to collect it does not matter.
func gone(pid int) bool {
	if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return true
	}
	state, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err == nil && strings.Contains(string(state), ") Z ")
}

func TestACommandThatIgnoresTheEndIsKilled(t *testing.T) {
	g := NewWithT(t)
	conn, stream := dial(t, "sh", "-c", `trap "" TERM; echo ready; while :; do sleep 600; done`)
	_, err := bufio.NewReader(stream).ReadString('\n')
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(conn.Close()).To(Succeed())
}

func TestOneSessionAConnection(t *testing.T) {
	g := NewWithT(t)
	conn, _ := dial(t, "cat")
	_, err := conn.Open(t.Context())
	g.Expect(err).To(MatchError(ContainSubstring("one session a connection")))
}
