// Command seeds shows that a conformant server is found to be one, in whatever order the specs run: it judges the
// profiles of the reference server that conform, each with every seed given, and prints a line a run. It fails on a
// violation, a SHOULD not followed, an error, something left behind. Copies of the program judge side by side.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"

	"github.com/ncspec/ncspec/suites/pool"
)

// interrupted is the exit code after Ctrl-C.
const interrupted = 130

func main() {
	seeds := flag.String("seeds", "1 2 3 4 5 6 7 8 9 10", "of the random order of specs, separated by blanks")
	profiles := flag.String("profiles", "full base10 base11 private-candidate candidate-only running-only junos", "of the reference server, separated by blanks")
	workers := flag.Int("workers", pool.Workers(), "how many runs at a time")
	worker := flag.Bool("worker", false, "take runs from standard input; for the program's own copies")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	var err error
	if *worker {
		err = pool.Work(ctx, os.Stdin, os.Stdout, judge)
	} else {
		err = judgeAll(ctx, *profiles, *seeds, *workers)
	}
	switch {
	case ctx.Err() != nil:
		os.Exit(interrupted)
	case err != nil:
		fmt.Fprintf(os.Stderr, "seeds: %v\n", err)
		os.Exit(1)
	}
}

// judgeAll judges every profile with every seed. The error says how many runs were not clean.
func judgeAll(ctx context.Context, profiles, seeds string, workers int) error {
	runs, err := plan(strings.Fields(profiles), strings.Fields(seeds))
	if err != nil {
		return err
	}
	unclean := 0
	p := pool.Pool{Workers: workers, Args: []string{"-worker"}, Errors: os.Stderr}
	err = pool.Do(ctx, p, runs, func(r run, o outcome) {
		o.tell(r)
		if !o.clean() {
			unclean++
		}
	})
	switch {
	case err != nil:
		return fmt.Errorf("judging the reference server: %w", err)
	case unclean > 0:
		return fmt.Errorf("%d of %d runs found fault with a server that conforms: see ncspec run --profile NAME --seed N --safety disruptive", unclean, len(runs))
	}
	fmt.Printf("%d runs, all clean\n", len(runs))
	return nil
}

// plan is every profile with every seed, the profiles of one seed side by side.
func plan(profiles, seeds []string) ([]run, error) {
	var runs []run
	for _, text := range seeds {
		seed, err := strconv.ParseInt(text, 10, 64)
		if err != nil || seed < 1 {
			return nil, fmt.Errorf("the seed %q is no whole number above 0", text)
		}
		for _, profile := range profiles {
			runs = append(runs, run{profile, seed})
		}
	}
	if len(runs) == 0 {
		return nil, errors.New("nothing to run: name a profile and a seed at least")
	}
	return runs, nil
}
