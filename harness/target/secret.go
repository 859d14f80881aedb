package target

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// DefaultSecretTimeout is how long a command may take to tell a secret.
const DefaultSecretTimeout = 30 * time.Second

// maxSecret bounds what is read of a secret, in octets.
const maxSecret = 64 << 10

// Secret says where a secret is: in one of Env, File, Command and Shell. The
// secret is the first line there, without its end.
type Secret struct {
	// Env is an environment variable.
	Env string
	// File is a file.
	File string
	// Command is a program with its arguments, run without a shell.
	Command []string
	// Shell is a command line for the shell.
	Shell string
	// Timeout is how long a command may take; more than zero.
	Timeout time.Duration
}

// Read fetches the secret. The error never shows what a command has said.
func (s *Secret) Read(ctx context.Context) (string, error) {
	text, err := s.fetch(ctx)
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(string(text), "\n")
	line = strings.TrimSuffix(line, "\r")
	if line == "" {
		return "", fmt.Errorf("%s is empty, or begins with an empty line: the secret must be the first line", s.place())
	}
	return line, nil
}

// place names where the secret is.
func (s *Secret) place() string {
	switch {
	case s.Env != "":
		return "the environment variable " + s.Env
	case s.File != "":
		return "the file " + s.File
	case s.Shell != "":
		return "the output of the shell command"
	}
	return "the output of " + filepath.Base(s.Command[0])
}

func (s *Secret) fetch(ctx context.Context) ([]byte, error) {
	switch {
	case s.Env != "":
		text, set := os.LookupEnv(s.Env)
		if !set {
			return nil, fmt.Errorf("the environment variable %s is not set: set it, or name another one", s.Env)
		}
		return []byte(text), nil
	case s.File != "":
		text, err := os.ReadFile(s.File)
		if err != nil {
			return nil, fmt.Errorf("reading a secret: %w", err)
		}
		return text, nil
	case s.Shell != "":
		return s.run(ctx, shell(s.Shell))
	}
	return s.run(ctx, s.Command)
}

// shell makes the argument list that has the system's shell run a command line.
func shell(line string) []string {
	if runtime.GOOS == "windows" {
		return []string{"cmd", "/c", line}
	}
	return []string{"/bin/sh", "-c", line}
}

// run executes a command that tells the secret. It can ask for nothing on its standard input.
func (s *Secret) run(ctx context.Context, argv []string) ([]byte, error) {
	limited, cancel := context.WithTimeout(ctx, s.Timeout)
	defer cancel()
	command := exec.CommandContext(limited, argv[0], argv[1:]...)
	command.WaitDelay = commandWait
	var said beginning
	command.Stdout = &said
	err := command.Run()
	const hand = "run it by hand to see why, for what it says is not shown here"
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("waiting for %s: %w", s.place(), ctx.Err())
	case limited.Err() != nil:
		return nil, fmt.Errorf("%s did not come within %v, and the command was ended: %s, or give it more time with timeout", s.place(), s.Timeout, hand)
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, os.ErrNotExist), errors.Is(err, os.ErrPermission):
		return nil, fmt.Errorf("the program %s cannot be started: check its name, and that this user may run it", argv[0])
	case err != nil:
		return nil, fmt.Errorf("%s: the command failed with %w: %s", s.place(), plainExit(err), hand)
	}
	return said.octets, nil
}

// plainExit leaves out what an *exec.ExitError has kept of the output.
func plainExit(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return errors.New(exit.ProcessState.String())
	}
	return err
}

// beginning keeps the first octets of what is written.
type beginning struct{ octets []byte }

// Write keeps what fits, and takes the rest.
func (b *beginning) Write(p []byte) (int, error) {
	b.octets = append(b.octets, p[:min(len(p), maxSecret-len(b.octets))]...)
	return len(p), nil
}
