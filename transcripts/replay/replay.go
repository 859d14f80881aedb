// Package replay plays transcripts: each file becomes an ordered container of specs, one a step.
package replay

import (
	"fmt"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/transcripts/format"
)

// Register puts a transcript into Ginkgo's tree, under the suite whose name its spec ids begin with. A step that fails
// makes errors of those behind it, but for the steps that clean up.
func Register(suite string, t *format.Transcript) {
	ginkgo.Describe(t.Title, ginkgo.Ordered, ginkgo.ContinueOnFailure, func() {
		p := newPlayer(suite, t)
		for _, step := range t.Steps {
			if Plays(step) {
				dsl.It(title(step), decorations(suite, t, step), place(t, step), func(ctx ginkgo.SpecContext) { p.play(ctx, step) })
			}
		}
		// An AfterAll would not run where the last step is held back, and the sessions would stay open.
		ginkgo.BeforeAll(func() { ginkgo.DeferCleanup(func(ctx ginkgo.SpecContext) { p.leave(ctx) }) })
	})
}

// decorations are those of the spec that plays a step.
func decorations(suite string, t *format.Transcript, step format.Step) dsl.Decorators {
	touches, err := effect.Parse(t.Touches)
	if err != nil {
		touches = effect.Server // no loader lets that through
	}
	return dsl.Decorators{dsl.Spec(SpecID(suite, t, step)), dsl.Covers(Covers(step)...), dsl.Needs(needs(t, step)...),
		dsl.Touches(touches), dsl.Transcript()}
}

// SpecID is the id of the spec that plays a step.
func SpecID(suite string, t *format.Transcript, step format.Step) string {
	return fmt.Sprintf("%s/%s.%s", suite, t.ID, step.ID)
}

func title(step format.Step) string {
	if step.Title != "" {
		return step.Title
	}
	return fmt.Sprintf("%s (%s)", step.ID, step.Action)
}

// place is where the step stands: its author looks there, not here.
func place(t *format.Transcript, step format.Step) types.CodeLocation {
	return types.CodeLocation{FileName: t.File, LineNumber: step.At.Line}
}

// Covers are the requirements of the step and of its expectations, each once.
func Covers(step format.Step) []string {
	var all []string
	seen := map[string]bool{}
	add := func(ids []string) {
		for _, id := range ids {
			if !seen[id] {
				seen[id] = true
				all = append(all, id)
			}
		}
	}
	add(step.Covers)
	for _, e := range step.Expect {
		add(e.Covers)
	}
	return all
}

func needs(t *format.Transcript, step format.Step) []string {
	return claims(append(append([]format.Need(nil), t.Needs...), step.Needs...))
}

// Plays tells whether a step does anything: what a recording says of the server's side is there to be read.
func Plays(step format.Step) bool {
	return step.Action != format.ActionReceived && step.Action != format.ActionNote
}
