package suites_test

import (
	"flag"
	"os"
	"testing"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/extensions/globals"

	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/suites"
)

func TestMain(m *testing.M) {
	flag.String("target", "", "ssh://user@host:port or a target file; none: the embedded reference server")
	flag.String("host-key", "", "known-hosts, accept, or the SHA256:… fingerprint")
	flag.String("safety", "", "level up to which the target may be touched")
	os.Exit(m.Run())
}

// TestSuites judges a target with Ginkgo's own filters, seeds and reports:
//
//	go test ./suites -run TestSuites -args -target=ssh://admin@device -ginkgo.focus=lock/
//	ginkgo --label-filter=rfc6241-7.5-denied-when-held ./suites -- --target=device.yaml
func TestSuites(t *testing.T) {
	if suite, _ := ginkgo.GinkgoConfiguration(); suite.ParallelTotal > 1 {
		t.Fatal(suites.ErrParallel)
	}
	t.Cleanup(globals.Reset)
	suites.Register(options(t))
	ginkgo.RunSpecs(t, "ncspec")
}

// options reads the flags.
func options(t *testing.T) suites.Options {
	t.Helper()
	var o suites.Options
	given := func(name string) string { return flag.Lookup(name).Value.String() }
	var err error
	if word := given("safety"); word != "" {
		if o.Safety, err = effect.ParseSafety(word); err != nil {
			t.Fatalf("-safety: %v", err)
		}
	}
	if arg := given("target"); arg != "" {
		if o.Target, err = target.Parse(arg); err != nil {
			t.Fatal(err)
		}
		if key := given("host-key"); key != "" {
			o.Target.HostKey = key
		}
	}
	return o
}
