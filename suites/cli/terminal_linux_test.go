package cli_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"golang.org/x/sys/unix"
	"golang.org/x/term"

	"github.com/ncspec/ncspec/harness/reference"
)

// pseudoTerminal opens a terminal: what is written to the first file is typed at the second.
func pseudoTerminal(t *testing.T) (keyboard, terminal *os.File) {
	t.Helper()
	g := NewWithT(t)
	keyboard, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("there are no pseudo terminals here: %v", err)
	}
	t.Cleanup(func() { _ = keyboard.Close() })
	g.Expect(unix.IoctlSetPointerInt(int(keyboard.Fd()), unix.TIOCSPTLCK, 0)).To(Succeed())
	number, err := unix.IoctlGetInt(int(keyboard.Fd()), unix.TIOCGPTN)
	g.Expect(err).NotTo(HaveOccurred())
	terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	g.Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { _ = terminal.Close() })
	return keyboard, terminal
}

// screen gathers what is written from several goroutines.
type screen struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.text.Write(p)
}

func (s *screen) String() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.text.String()
}

func TestCtrlCWhileThePasswordIsAskedForLeavesTheTerminalAsItWas(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	server := serve(t, reference.Options{})
	keyboard, terminal := pseudoTerminal(t)
	go func() { _, _ = io.Copy(io.Discard, keyboard) }()
	before, err := term.GetState(int(terminal.Fd()))
	g.Expect(err).NotTo(HaveOccurred())
	executable, err := os.Executable()
	g.Expect(err).NotTo(HaveOccurred())
	command := exec.CommandContext(t.Context(), executable, "hello", "ssh://admin@"+server.Addr(), "--host-key", "accept", "--password-env", "NCSPEC_NONE")
	command.Env = append(os.Environ(), asCommand+"=1")
	errs := &screen{}
	command.Stdin, command.Stdout, command.Stderr = terminal, terminal, errs
	g.Expect(command.Start()).To(Succeed())
	state := func() *term.State {
		now, err := term.GetState(int(terminal.Fd()))
		g.Expect(err).NotTo(HaveOccurred())
		return now
	}
	g.Eventually(state).WithTimeout(time.Minute).ShouldNot(Equal(before), "the prompt takes the echo away")
	g.Expect(command.Process.Signal(os.Interrupt)).To(Succeed())
	_ = command.Wait()
	g.Expect(errs.String()).To(ContainSubstring("password of admin at"))
	g.Expect(command.ProcessState.ExitCode()).To(Equal(exitInterrupted), errs.String())
	g.Expect(state()).To(Equal(before))
}
