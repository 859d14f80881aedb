// Command soak kills a run of ncspec at a random moment, recovers the target, and compares it with what it was; again and
// again. Without a target it takes the reference server.
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	s := &soak{}
	flag.IntVar(&s.times, "times", 20, "how often to kill a run")
	flag.StringVar(&s.ncspec, "ncspec", "bin/ncspec", "the `command` that is killed")
	flag.DurationVar(&s.longest, "longest", 5*time.Second, "kill a run after this time at the latest")
	flag.Int64Var(&s.seed, "seed", time.Now().UnixNano()%1_000_000, "of the moments and of the order of specs")
	flag.StringVar(&s.target, "target", "", "`URL` of the target; none is the reference server")
	flag.StringVar(&s.identity, "identity", "", "private key `file` for the target")
	flag.Parse()
	s.random = rand.New(rand.NewPCG(uint64(s.seed), 0))
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := s.run(ctx); err != nil {
		fmt.Fprintf(os.Stderr, "soak: %v\n", err)
		os.Exit(1)
	}
}
