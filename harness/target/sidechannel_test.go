package target

import (
	"context"
	"testing"

	. "github.com/onsi/gomega"
)

func TestSideChannelRunsItsCommands(t *testing.T) {
	g := NewWithT(t)
	ctx := context.Background()
	c := commands{lock: []string{"true"}, unlock: []string{"sh", "-c", "echo device is busy >&2; exit 3"},
		change: []string{"/nonexistent/command"}}
	g.Expect(c.Lock(ctx)).To(Succeed())
	g.Expect(c.Unlock(ctx)).To(MatchError(And(ContainSubstring("exit status 3"), ContainSubstring("device is busy"))))
	g.Expect(c.Change(ctx)).To(MatchError(ContainSubstring("/nonexistent/command")))
}

func TestSideChannelEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	c := commands{lock: []string{"sleep", "60"}}
	NewWithT(t).Expect(c.Lock(ctx)).To(MatchError(context.Canceled))
}
