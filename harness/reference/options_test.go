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

func TestHostilities(t *testing.T) {
	g := NewWithT(t)
	for hostile, said := range map[string]string{"bites": `no hostility "bites": use one of hangs, `, "hangs@0": `no request "0": write hangs@30`,
		"hangs@x-": `no request "x-"`, "hangs@": `no request ""`} {
		_, err := Start(t.Context(), Options{Hostile: hostile})
		g.Expect(err).To(MatchError(ContainSubstring(said)))
	}
	for hostile, befallen := range map[string][]uint64{"": nil, "closes": {1, 2, 3, 4}, "closes@2": {2}, "closes@3-": {3, 4}} {
		h, err := parseHostility(hostile)
		g.Expect(err).NotTo(HaveOccurred())
		var all []uint64
		for n := uint64(1); n <= 4; n++ {
			if h.befalls(n) != "" {
				all = append(all, n)
			}
		}
		g.Expect(all).To(Equal(befallen), hostile)
	}
}
