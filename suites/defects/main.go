// Command defects proves that each check can fail: for every defect of the reference server it runs the specs of the
// requirements that the defect breaks, and all monitors, and prints what caught it. It fails on a gap.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
)

func main() {
	full := flag.Bool("full", false, "run every spec against every defect, not only those of the requirements it breaks")
	suite := flag.String("suite", "", "only requirements of this suite")
	only := flag.String("defect", "", "only these defects, separated by commas")
	flag.Parse()
	m := &matrix{full: *full, suite: *suite, only: split(*only)}
	if err := m.run(context.Background()); err != nil {
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
