package reference

import (
	"strings"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func TestLatencyHoldsForCloseSessionToo(t *testing.T) {
	s := start(t, Options{Latency: time.Millisecond})
	c := open(t, s)
	NewWithT(t).Expect(c.rpc("<close-session/>")).To(ContainSubstring("<ok/>"))
}

func TestWhatIsReceivedIsTold(t *testing.T) {
	var mutex sync.Mutex
	var told []string
	s := start(t, Options{Received: func(session uint32, message []byte) {
		mutex.Lock()
		defer mutex.Unlock()
		NewWithT(t).Expect(session).To(BeEquivalentTo(1))
		told = append(told, string(message))
	}})
	open(t, s).rpc("<get-config><source><running/></source></get-config>")
	s.Close()
	NewWithT(t).Expect(told).To(HaveLen(2))
	NewWithT(t).Expect(told[0]).To(ContainSubstring("<hello"))
	NewWithT(t).Expect(strings.TrimSpace(told[1])).To(And(HavePrefix("<rpc"), HaveSuffix("</rpc>")))
}
