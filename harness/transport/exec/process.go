package exec

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/ncspec/ncspec/harness/transport"
)

const (
	// leaveLimit is how long a command may take to end by itself once its input has ended, and again once it was asked to.
	leaveLimit = time.Second
	// soon is how long a command whose output has ended may take to end, so that an error can say how it did.
	soon = 200 * time.Millisecond
	// maxSaid bounds the octets of standard error that are kept.
	maxSaid = 64 << 10
	// lastSaid bounds those of them that an error shows.
	lastSaid = 1 << 10
)

// process is a single.Link of a command's standard input and output.
type process struct {
	command *exec.Cmd
	in      *os.File // what the command reads
	out     *os.File // what it writes
	said    *tail
	done    chan struct{} // closed when it has ended
	ended   error         // what Wait said of it
	ending  sync.Once
}

// start runs the command. Our ends of the pipes are files: closing them ends a Read or a Write that waits.
func start(command []string) (*process, error) {
	p := &process{command: exec.Command(command[0], command[1:]...), said: &tail{}, done: make(chan struct{})}
	theirIn, in, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("making a pipe: %w", err)
	}
	defer theirIn.Close()
	out, theirOut, err := os.Pipe()
	if err != nil {
		_ = in.Close()
		return nil, fmt.Errorf("making a pipe: %w", err)
	}
	defer theirOut.Close()
	p.in, p.out = in, out
	p.command.Stdin, p.command.Stdout, p.command.Stderr = theirIn, theirOut, p.said
	p.command.WaitDelay = leaveLimit // standard error may be held open by a grandchild
	ownGroup(p.command)
	if err := p.command.Start(); err != nil {
		return nil, errors.Join(err, in.Close(), out.Close())
	}
	go func() {
		p.ended = p.command.Wait()
		_ = p.signal(syscall.SIGTERM) // what it has left running; later its id may be another's
		close(p.done)
	}()
	return p, nil
}

// Read reads what the command writes. Its end is told with what the command wrote to standard error.
func (p *process) Read(octets []byte) (int, error) {
	n, err := p.out.Read(octets)
	if errors.Is(err, io.EOF) {
		return n, p.explain(err)
	}
	return n, err
}

// explain says of the end of the output how the command ended, if it does so soon.
func (p *process) explain(end error) error {
	limit := time.NewTimer(soon)
	defer limit.Stop()
	how := "the command closed its input or output and goes on"
	select {
	case <-p.done:
		how = "the command ended"
		if p.ended != nil {
			how += " with " + p.ended.Error()
		}
	case <-limit.C:
	}
	if said := p.said.last(); said != "" {
		how += ", its standard error: " + said
	}
	return fmt.Errorf("%w: %s", end, how)
}

// Write writes what the command reads. Where it reads no more, its end is told as Read tells it.
func (p *process) Write(octets []byte) (int, error) {
	n, err := p.in.Write(octets)
	if errors.Is(err, syscall.EPIPE) {
		return n, p.explain(io.EOF)
	}
	return n, err
}

// CloseWrite ends the command's input.
func (p *process) CloseWrite() error { return quiet(p.in.Close()) }

// Close ends the command's input, and then the command: it may end by itself, is then asked to, and then killed, with all
// that it has started in its process group.
func (p *process) Close() error {
	err := p.CloseWrite()
	p.ending.Do(func() {
		defer p.out.Close()
		if p.endsWithin() {
			return
		}
		if _ = p.signal(syscall.SIGTERM); !p.endsWithin() {
			p.kill()
		}
	})
	return err
}

// Drop is Close: a pipe knows no word of its own for an end.
func (p *process) Drop() error { return p.Close() }

// Abort kills the command and its process group.
func (p *process) Abort() error {
	p.ending.Do(p.kill)
	return errors.Join(p.CloseWrite(), quiet(p.out.Close()))
}

// kill ends the command at once, unless it has ended.
func (p *process) kill() {
	select {
	case <-p.done:
	default:
		_ = p.signal(syscall.SIGKILL)
		<-p.done
	}
}

// endsWithin tells whether the command ends by itself within the limit.
func (p *process) endsWithin() bool {
	limit := time.NewTimer(leaveLimit)
	defer limit.Stop()
	select {
	case <-p.done:
		return true
	case <-limit.C:
		return false
	}
}

// Ending implements single.Link: the end of the output of a command that goes on is an EOF.
func (p *process) Ending(error) string {
	select {
	case <-p.done:
		return transport.EndedDisconnect
	default:
		return transport.EndedEOF
	}
}

func quiet(err error) error {
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}

// tail keeps the first octets written to it.
type tail struct {
	mu   sync.Mutex
	text []byte
}

// Write takes all, and keeps what there is room for.
func (t *tail) Write(octets []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, octets[:min(len(octets), maxSaid-len(t.text))]...)
	return len(octets), nil
}

// last is the end of what is kept, in one line.
func (t *tail) last() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.Join(strings.Fields(string(t.text[max(0, len(t.text)-lastSaid):])), " ")
}
