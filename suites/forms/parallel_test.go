package forms

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/suites"
)

func registersParallel(t *testing.T) {
	ginkgo.Describe("somebody's own", func() { ginkgo.It("runs", func() {}) })
	suites.Register(few())
	ginkgo.RunSpecs(t, "own")
}

// TestRegisterInParallelIsRefused stands in for the ginkgo command, which hands out specs to processes and gathers what
// becomes of them.
func TestRegisterInParallelIsRefused(t *testing.T) {
	var mutex sync.Mutex
	var next int
	var reports []string
	command := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mutex.Lock()
		defer mutex.Unlock()
		switch r.URL.Path {
		case "/counter":
			fmt.Fprintf(w, `{"Index": %d}`, next)
			next++
		case "/did-run":
			body, _ := io.ReadAll(r.Body)
			reports = append(reports, string(body))
		}
	}))
	t.Cleanup(command.Close)
	t.Setenv("GINKGO_PARALLEL_PROTOCOL", "HTTP")
	said, passed := played(t, "register parallel", "-ginkgo.parallel.total=2", "-ginkgo.parallel.process=2",
		"-ginkgo.parallel.host="+command.URL)
	g := NewWithT(t)
	g.Expect(passed).To(BeFalse(), said)
	g.Expect(reports).To(ContainElement(ContainSubstring(suites.ErrParallel.Error())))
	g.Expect(strings.Join(reports, "")).NotTo(ContainSubstring("lock/"), "nothing of ours has run")
	g.Expect(reports).To(HaveLen(2), "the refusal, and what runs beside ncspec")
}
