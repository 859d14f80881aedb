// Command defects proves that each check can fail: for every defect of the reference server it runs the specs of the
// requirements that the defect breaks, and all monitors, and prints what caught it. It fails on a gap: a requirement
// that no defect trips, a defect that nothing trips over, or that trips more than it says. Copies of the program try
// defects side by side.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/ncspec/ncspec/suites/pool"
)

// interrupted is the exit code after Ctrl-C.
const interrupted = 130

func main() {
	full := flag.Bool("full", false, "run every spec against every defect, not only those of the requirements it breaks")
	suite := flag.String("suite", "", "only requirements of this suite")
	only := flag.String("defect", "", "only these defects, separated by commas")
	workers := flag.Int("workers", pool.Workers(), "how many defects to try at a time")
	worker := flag.Bool("worker", false, "take defects from standard input; for the program's own copies")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	var err error
	if *worker {
		err = work(ctx, *full)
	} else {
		err = (&matrix{full: *full, suite: *suite, only: split(*only), workers: *workers}).run(ctx)
	}
	switch {
	case ctx.Err() != nil:
		os.Exit(interrupted)
	case err != nil:
		fmt.Fprintf(os.Stderr, "defects: %v\n", err)
		os.Exit(1)
	}
}

func split(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}
