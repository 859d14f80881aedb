package forms

import (
	"os"
	"os/exec"
	"testing"

	. "github.com/onsi/gomega"
)

// asPlay names the play that this test binary is to be.
const asPlay = "NCSPEC_TEST_PLAY"

// plays are somebody's test packages.
func plays() map[string]func(*testing.T) {
	return map[string]func(*testing.T){
		"test":                  testPasses,
		"test broken":           testBroken,
		"test unusable":         testUnusable,
		"test twice":            testTwice,
		"test beside ginkgo":    testBesideGinkgo,
		"test inside ginkgo":    testInsideGinkgo,
		"register":              registers,
		"register broken":       registersBroken,
		"register unusable":     registersUnusable,
		"register waived":       registersWaived,
		"register unknown":      registersUnknown,
		"register left behind":  registersLeftBehind,
		"register two":          registersTwo,
		"register own sequence": registersOwnSequence,
		"register parallel":     registersParallel,
	}
}

// TestPlay is the play, in a process of its own.
func TestPlay(t *testing.T) {
	play, named := plays()[os.Getenv(asPlay)]
	if !named {
		t.Skip("this is for processes that the other tests start")
	}
	play(t)
}

// played starts a play and gives what it said, and whether it passed.
func played(t *testing.T, name string, flags ...string) (said string, passed bool) {
	t.Helper()
	executable, err := os.Executable()
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	command := exec.CommandContext(t.Context(), executable, append([]string{"-test.run=^TestPlay$", "-test.v", "-ginkgo.no-color"}, flags...)...)
	command.Env = append(os.Environ(), asPlay+"="+name)
	output, err := command.CombinedOutput()
	return string(output), err == nil
}
