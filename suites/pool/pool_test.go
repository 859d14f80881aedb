package pool_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/suites/pool"
)

const asWorker = "as-worker"

// TestMain lets the test binary be its own worker.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == asWorker {
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
		defer stop()
		if err := pool.Work(ctx, os.Stdin, os.Stdout, play); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// play is what the workers of the tests do.
func play(ctx context.Context, job string) (string, error) {
	switch job {
	case "fail":
		return "", errors.New("it went wrong")
	case "die":
		os.Exit(7)
	case "babble":
		fmt.Println("no JSON")
	case "wait":
		fmt.Fprintln(os.Stderr, "waiting")
		<-ctx.Done()
	}
	return fmt.Sprintf("%s by %d", job, os.Getpid()), nil
}

func do(ctx context.Context, workers int, errs io.Writer, jobs ...string) (map[string]string, error) {
	results := map[string]string{}
	err := pool.Do(ctx, pool.Pool{Workers: workers, Args: []string{asWorker}, Errors: errs}, jobs, func(job, result string) { results[job] = result })
	return results, err
}

func TestEachJobIsDoneOnceByAWorker(t *testing.T) {
	for name, c := range map[string]struct{ workers, jobs int }{
		"more jobs than workers": {2, 9},
		"more workers than jobs": {5, 2},
		"no number of workers":   {0, 3},
		"no jobs":                {3, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := NewWithT(t)
			var jobs []string
			for i := range c.jobs {
				jobs = append(jobs, fmt.Sprintf("job %d", i))
			}
			results, err := do(t.Context(), c.workers, io.Discard, jobs...)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(results).To(HaveLen(c.jobs))
			by := map[string]bool{}
			for job, result := range results {
				g.Expect(result).To(HavePrefix(job + " by "))
				g.Expect(result).NotTo(HaveSuffix(fmt.Sprintf(" %d", os.Getpid())), "a job is done by another process")
				by[strings.TrimPrefix(result, job)] = true
			}
			g.Expect(len(by)).To(BeNumerically("<=", max(1, c.workers)))
		})
	}
}

func TestTheFirstErrorEndsIt(t *testing.T) {
	for job, said := range map[string]string{
		"fail":   "it went wrong",
		"die":    "exit status 7",
		"babble": "waiting for a worker that has babble",
	} {
		t.Run(job, func(t *testing.T) {
			t.Parallel()
			// The other worker would wait for ever.
			_, err := do(t.Context(), 2, io.Discard, "wait", job, "never handed out")
			NewWithT(t).Expect(err).To(MatchError(ContainSubstring(said)))
		})
	}
}

// watch calls a function at the first output.
type watch struct {
	seen atomic.Bool
	then func()
}

func (w *watch) Write(p []byte) (int, error) {
	if w.seen.CompareAndSwap(false, true) {
		w.then()
	}
	return len(p), nil
}

func TestCancelEndsTheWorkers(t *testing.T) {
	g := NewWithT(t)
	ctx, cancel := context.WithCancel(t.Context())
	results, err := do(ctx, 1, &watch{then: cancel}, "wait", "next")
	g.Expect(err).To(MatchError(context.Canceled))
	g.Expect(results).To(BeEmpty(), "what broke off has no result")
}

func TestAWorkerEndsWithWhoeverHandsOutTheJobs(t *testing.T) {
	g := NewWithT(t)
	in, jobs := io.Pipe()
	var out bytes.Buffer
	started := make(chan struct{})
	ended := make(chan error)
	go func() {
		ended <- pool.Work(t.Context(), in, &out, func(ctx context.Context, _ string) (string, error) {
			close(started)
			<-ctx.Done()
			return "half a result", nil
		})
	}()
	_, err := jobs.Write([]byte(`"job"` + "\n"))
	g.Expect(err).NotTo(HaveOccurred())
	<-started
	g.Expect(jobs.Close()).To(Succeed())
	g.Expect(<-ended).To(Succeed())
	g.Expect(out.String()).NotTo(ContainSubstring("half a result"))
}

func TestWhatIsNoJobIsAnError(t *testing.T) {
	err := pool.Work(t.Context(), strings.NewReader("<job/>"), io.Discard, play)
	NewWithT(t).Expect(err).To(MatchError(ContainSubstring("invalid character")))
}
