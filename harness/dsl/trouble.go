package dsl

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/session"
)

// A server that does what leaves a client at a loss costs the spec at hand: what it did is named there, and the next spec
// has a session of its own.

// withTroubles adds to a message what the server did on the spec's sessions that leaves a client at a loss.
func (s *state) withTroubles(message string) string {
	used := s.opened
	if s.stage != nil {
		used = s.stage.sessions
	}
	for _, opened := range used {
		if trouble := opened.Trouble(); trouble != "" && !strings.Contains(message, trouble) {
			message += "\n" + trouble
		}
	}
	return message
}

// noting notes what the server does on a session that is being left, and what it has sent there that nobody asked for.
func (s *state) noting(opened *session.Session, leave func()) {
	before := opened.Trouble()
	leave()
	if after := opened.Trouble(); after != before || opened.Excess() != "" {
		s.excess = append(s.excess, after)
	}
}

// exceeded is the error of a spec that has found what it looked for, but on whose sessions the server has sent what nobody
// asked for; nil for none.
func (s *state) exceeded() error {
	all := append(s.excess, s.run.spares.told()...)
	if len(all) == 0 || ginkgo.CurrentSpecReport().Failed() {
		return nil // a failure names it already
	}
	return errors.New(strings.Join(all, "\n"))
}

// mostFruitless is how many specs in a row may wait for a server in vain before the run ends: with a grace of 5 s that is
// some five minutes, in which a device can start again.
const mostFruitless = 20

// answers tells a server that answers from one that does not any more.
type answers struct {
	mutex     sync.Mutex
	fruitless int
}

// note takes a spec into account: one that failed, waited, and got no reply, or any other.
func (a *answers) note(s *state, failed bool) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if a.fruitless >= mostFruitless {
		return
	}
	failed = failed || ginkgo.CurrentSpecReport().Failed()
	switch {
	case s.answered > 0:
		a.fruitless = 0
	case failed && time.Since(s.tape.begun) >= s.run.Grace():
		a.fruitless++
	}
}

// lost tells why no more specs run, "" as long as there is patience.
func (a *answers) lost() string {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if a.fruitless < mostFruitless {
		return ""
	}
	return fmt.Sprintf("the run broke off: the server gave no reply in %d specs in a row that waited for one", mostFruitless)
}

// BrokenOff tells why the run ended before its last spec, "" where it did not.
func (r *Run) BrokenOff() string { return r.answers.lost() }
