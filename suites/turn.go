package suites

import (
	"errors"
	"sync"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/extensions/globals"
	"github.com/onsi/ginkgo/v2/types"
)

// turn is held by whoever uses Ginkgo's tree of specs. A process has one tree, so the lock on it has to be as global.
var turn sync.Mutex

// ErrBusy is the error of a run while another one lasts in this process.
var ErrBusy = errors.New("another run is under way in this process, and Ginkgo allows one at a time: run one after the other")

// ErrInside is the error of a run from within a Ginkgo suite.
var ErrInside = errors.New("a Ginkgo suite is running: call suites.Register before it starts, beside its own specs")

// ErrParallel is the error of several processes that share a suite: they would judge one target all at once.
var ErrParallel = errors.New("ncspec judges a target in one process, with its specs in series: run ginkgo without -p and --procs")

// alone calls f unless somebody else uses Ginkgo's tree, and clears the tree behind it.
func alone(f func() error) error {
	if !turn.TryLock() {
		return ErrBusy
	}
	defer turn.Unlock()
	return inTurn(f)
}

// inTurn calls f and clears Ginkgo's tree behind it. The caller has the turn.
func inTurn(f func() error) error {
	if inSuite() {
		return ErrInside
	}
	defer globals.Reset()
	return f()
}

// inSuite tells whether a node of a suite is running.
func inSuite() bool { return ginkgo.CurrentSpecReport().LeafNodeType != types.NodeTypeInvalid }

// parallel tells whether Ginkgo runs this suite in several processes.
func parallel() bool {
	suite, _ := ginkgo.GinkgoConfiguration()
	return suite.ParallelTotal > 1
}
