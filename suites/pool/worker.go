package pool

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// farewell is how long a worker that is told to end may take to put its server away.
const farewell = 10 * time.Second

// answer is what a worker says of a job: a line of JSON.
type answer[R any] struct {
	Result R
	Error  string // "" where the job was done
}

// worker is a copy of this program, seen from the one that hands out the jobs.
type worker[J, R any] struct {
	command *exec.Cmd
	stop    context.CancelFunc
	jobs    io.WriteCloser
	send    *json.Encoder
	receive *json.Decoder
}

// hire starts a worker. It is told to end when ctx does.
func hire[J, R any](ctx context.Context, p Pool) (*worker[J, R], error) {
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("finding this program to start a worker: %w", err)
	}
	ctx, stop := context.WithCancel(ctx)
	command := exec.CommandContext(ctx, program, p.Args...)
	command.Stderr = p.Errors
	// Ctrl-C is for the one who hands out the jobs.
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.WaitDelay = farewell
	jobs, err := command.StdinPipe()
	if err != nil {
		stop()
		return nil, fmt.Errorf("starting a worker: %w", err)
	}
	answers, err := command.StdoutPipe()
	if err != nil {
		stop()
		return nil, fmt.Errorf("starting a worker: %w", err)
	}
	if err := command.Start(); err != nil {
		stop()
		return nil, fmt.Errorf("starting a worker: %w", err)
	}
	return &worker[J, R]{command, stop, jobs, json.NewEncoder(jobs), json.NewDecoder(answers)}, nil
}

// do has the worker do a job. The error is the job's, or that of a worker that went away over it.
func (w *worker[J, R]) do(job J) (result R, err error) {
	if err := w.send.Encode(job); err != nil {
		return result, fmt.Errorf("handing %v to a worker: %w", job, err)
	}
	var a answer[R]
	if err := w.receive.Decode(&a); err != nil {
		return result, fmt.Errorf("waiting for a worker that has %v: %w", job, err)
	}
	if a.Error != "" {
		return result, errors.New(a.Error)
	}
	return a.Result, nil
}

// dismiss ends the worker, and is back once it is gone. The error says how it ended, where it did not end well.
func (w *worker[J, R]) dismiss() error {
	defer w.stop()
	_ = w.jobs.Close() // which tells it to end
	if err := w.command.Wait(); err != nil {
		return fmt.Errorf("a worker ended badly: %w", err)
	}
	return nil
}

// Work is the worker's side: it does the jobs that come in, and is back when no more can come. A job under way is told
// by its context when whoever hands out the jobs is gone: its answer would be read by nobody.
func Work[J, R any](ctx context.Context, in io.Reader, out io.Writer, do func(context.Context, J) (R, error)) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	jobs := make(chan J)
	go func() { stop(read(ctx, in, jobs)) }()
	answers := json.NewEncoder(out)
	for {
		select {
		case job := <-jobs:
			if err := answers.Encode(attempt(ctx, job, do)); err != nil {
				return fmt.Errorf("handing in a result: %w", err)
			}
		case <-ctx.Done():
			return unlessEnd(context.Cause(ctx))
		}
	}
}

func attempt[J, R any](ctx context.Context, job J, do func(context.Context, J) (R, error)) answer[R] {
	result, err := do(ctx, job)
	switch {
	case ctx.Err() != nil: // it broke off half-way
		return answer[R]{Error: context.Cause(ctx).Error()}
	case err != nil:
		return answer[R]{Error: err.Error()}
	}
	return answer[R]{Result: result}
}

// read passes jobs on until there are no more, which is io.EOF.
func read[J any](ctx context.Context, in io.Reader, jobs chan<- J) error {
	decoder := json.NewDecoder(in)
	for {
		var job J
		if err := decoder.Decode(&job); err != nil {
			return err
		}
		select {
		case jobs <- job:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func unlessEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
