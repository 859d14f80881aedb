package target

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// commandWait is how long a command that was told to stop gets to hand over
// its output.
const commandWait = time.Second

// maxCommandOutput bounds what an error shows of a command's output, in octets.
const maxCommandOutput = 512

// commands is a SideChannel made of a target file's commands.
type commands struct {
	lock, unlock, change []string // program and arguments, never empty
}

func (c commands) Lock(ctx context.Context) error   { return run(ctx, c.lock) }
func (c commands) Unlock(ctx context.Context) error { return run(ctx, c.unlock) }
func (c commands) Change(ctx context.Context) error { return run(ctx, c.change) }

// run executes a command; the error holds what it said.
func run(ctx context.Context, argv []string) error {
	command := exec.CommandContext(ctx, argv[0], argv[1:]...)
	command.WaitDelay = commandWait
	said, err := command.CombinedOutput()
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	said = bytes.TrimSpace(said)
	if len(said) > maxCommandOutput {
		said = said[:maxCommandOutput]
	}
	return fmt.Errorf("side channel: %s: %w: %s", strings.Join(argv, " "), err, said)
}
