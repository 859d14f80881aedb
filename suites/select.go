package suites

import (
	"context"
	"slices"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/requirement"
	"github.com/ncspec/ncspec/harness/verdict"
)

// Selected gives the specs that the filters leave, without connecting to anything.
func Selected(o Options) ([]dsl.Authored, *requirement.Catalogue, error) {
	t, err := plantAlone(o)
	if err != nil {
		return nil, nil, err
	}
	if err := o.check(t); err != nil {
		return nil, nil, err
	}
	var selected []dsl.Authored
	for _, spec := range t.specs {
		if o.held(spec.ID, spec.Covers) == "" {
			selected = append(selected, spec)
		}
	}
	return selected, t.catalogue, nil
}

// Claim is what a server says of itself, and what a run would make of it.
type Claim struct {
	SessionID    string
	Capabilities netconf.Capabilities
	Security     map[string]string
	Fixture      string
	Total        int
	WouldRun     int
	Runs         []Would // what would run, what touches least first
	Held         []Held  // what would not run, by reason, most first
}

// Would is a spec that would run.
type Would struct {
	Spec    dsl.Authored
	Touches effect.Effect
}

// Held counts specs that would not run for one reason.
type Held struct {
	Verdict verdict.Verdict
	Reason  string
	Count   int
}

// Hello connects, reads the server's hello and the state that a run would begin with, and leaves again: it takes no lock
// and changes nothing. The error says why the target cannot be judged, or is one of usage as that of Run.
func Hello(ctx context.Context, o Options) (*Claim, error) {
	t, err := plantAlone(o)
	if err != nil {
		return nil, err
	}
	if err := o.check(t); err != nil {
		return nil, err
	}
	if err := o.checkWaivers(t); err != nil {
		return nil, err
	}
	stop, err := o.embed(ctx)
	if err != nil {
		return nil, err
	}
	defer stop()
	j := &journey{tree: t, options: o, looking: true}
	if err := j.arrive(ctx); err != nil {
		return nil, hide(err, j.hidden)
	}
	defer j.run.Guard.Close(ctx)
	claim := &Claim{SessionID: j.sessionID, Security: j.run.Security(), Fixture: "none known", Total: len(t.specs)}
	for _, c := range j.run.Claims {
		claim.Capabilities = append(claim.Capabilities, netconf.ParseCapability(j.hidden(c.Text)))
	}
	if f := j.run.Target.Fixture; f != nil {
		claim.Fixture = f.Name
	}
	for _, spec := range t.specs {
		hold := j.run.WouldHold(spec)
		if hold == nil {
			claim.WouldRun++
			claim.Runs = append(claim.Runs, Would{spec, j.run.Touches(spec)})
			continue
		}
		claim.hold(*hold)
	}
	slices.SortStableFunc(claim.Runs, func(a, b Would) int { return int(a.Touches) - int(b.Touches) })
	slices.SortStableFunc(claim.Held, func(a, b Held) int { return b.Count - a.Count })
	return claim, nil
}

func (c *Claim) hold(h verdict.Hold) {
	for i := range c.Held {
		if c.Held[i].Verdict == h.Verdict && c.Held[i].Reason == h.Reason {
			c.Held[i].Count++
			return
		}
	}
	c.Held = append(c.Held, Held{h.Verdict, h.Reason, 1})
}
