// Package pool has copies of the running program work through a list of jobs side by side. A process has one tree of
// Ginkgo's specs, and so judges one server at a time: who would judge many, needs many processes.
package pool

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"
)

// Workers is how many workers do for jobs that judge the embedded reference server: such a job waits for three quarters
// of its time for the server's clock.
func Workers() int { return 4 * runtime.NumCPU() }

// Pool is the workers.
type Pool struct {
	Workers int       // at most so many at a time, at least 1
	Args    []string  // of a worker's command line; the program must call Work for them
	Errors  io.Writer // takes what the workers write to their standard error
}

// Do hands each job to a worker, and its result to took: one call at a time, in the order in which the jobs are done.
// The first error ends all workers and is given back: of a job, of a worker that is gone, of ctx.
func Do[J, R any](ctx context.Context, p Pool, jobs []J, took func(J, R)) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	queue := make(chan J, len(jobs))
	for _, job := range jobs {
		queue <- job
	}
	close(queue)
	var working sync.WaitGroup
	var turn sync.Mutex
	for range min(max(1, p.Workers), len(jobs)) {
		working.Go(func() {
			err := employ(ctx, p, queue, func(job J, result R) {
				turn.Lock()
				defer turn.Unlock()
				took(job, result)
			})
			if err != nil {
				stop(err)
			}
		})
	}
	working.Wait()
	return context.Cause(ctx)
}

// employ has one worker take jobs until none is left.
func employ[J, R any](ctx context.Context, p Pool, queue <-chan J, took func(J, R)) error {
	w, err := hire[J, R](ctx, p)
	if err != nil {
		return err
	}
	for job := range queue {
		result, err := w.do(job)
		if err != nil {
			return errors.Join(err, w.dismiss())
		}
		took(job, result)
	}
	return w.dismiss()
}
