package dsl

import (
	"net/url"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/verdict"
)

// decorations are what our own decorators say of one spec.
type decorations struct {
	id       string
	covers   []string
	needs    []string
	touches  effect.Effect
	monitor  bool
	ownRules bool
	bare     bool
}

type decorator func(*decorations)

// Decorators are several decorators as one argument of It.
type Decorators []decorator

// Spec gives a spec its stable id, <suite>/<slug>: waivers, baselines and recordings name it.
func Spec(id string) decorator { return func(d *decorations) { d.id = id } }

// Covers names the requirements that the spec judges. Gating comes from their requires, touches and waits.
func Covers(requirements ...string) decorator {
	return func(d *decorations) { d.covers = append(d.covers, requirements...) }
}

// Needs asks for more capabilities, or for "fixture:leaf", "fixture:list", "fixture:operational", "side-channel",
// "second-user", "default-ports" of the target, than the requirements do; see resources.
func Needs(requires ...string) decorator {
	return func(d *decorations) { d.needs = append(d.needs, requires...) }
}

// Touches widens what the spec touches beyond what its requirements say.
func Touches(e effect.Effect) decorator {
	return func(d *decorations) { d.touches = max(d.touches, e) }
}

// Monitor marks a spec that judges what the run's other specs made the server send: it runs last.
func Monitor() decorator { return func(d *decorations) { d.monitor = true } }

// Transcript marks a spec that plays a step of a transcript: a step without requirements is allowed there.
func Transcript() decorator { return func(d *decorations) { d.ownRules = true } }

// Bare marks a spec that needs no more than an open stream: it runs also where no session can be had, such as with a
// server whose hello cannot be read.
func Bare() decorator { return func(d *decorations) { d.bare = true } }

// The labels that carry our decorations; Ginkgo allows no slash in one, so the id stands at the front of the text.
const (
	labelNeeds      = "needs:"
	labelTouches    = "touches:"
	labelMonitor    = verdict.MonitorLabel
	labelTranscript = "transcript"
	labelBare       = "bare"
)

// The labels of containers that hold some of the specs.
const (
	labelProbes   = "ncspec-probes"
	labelMonitors = "ncspec-monitors"
)

// Probes is for a container that leaves out the monitors among the specs below it. Ginkgo puts a spec last by its
// priority only among all of the suite, or within it where --randomize-all is given; so a container that shares its
// suite with others leaves the monitors to one of their own.
func Probes() ginkgo.Labels { return ginkgo.Label(labelProbes) }

// Monitors is for a container that leaves out all but the monitors among the specs below it.
func Monitors() ginkgo.Labels { return ginkgo.Label(labelMonitors) }

// elsewhere tells whether the spec belongs into the other container of Probes and Monitors.
func (d decorations) elsewhere() bool {
	around := ginkgo.CurrentTreeConstructionNodeReport().Labels()
	return d.monitor && slices.Contains(around, labelProbes) || !d.monitor && slices.Contains(around, labelMonitors)
}

// lastOfAll is the priority of monitors.
const lastOfAll = ginkgo.SpecPriority(-1000)

// It is Ginkgo's It with our decorators among its arguments.
func It(text string, args ...any) bool {
	var d decorations
	rest := []any{ginkgo.Offset(1)} // first, so that a location among the arguments overrules it
	for _, arg := range args {
		switch arg := arg.(type) {
		case decorator:
			arg(&d)
		case Decorators:
			arg.decorate(&d)
		default:
			rest = append(rest, arg)
		}
	}
	if d.elsewhere() {
		return true
	}
	rest = append(rest, ginkgo.Label(d.labels()...))
	if d.monitor {
		rest = append(rest, lastOfAll)
	}
	return ginkgo.It(d.id+" "+text, rest...)
}

func (all Decorators) decorate(d *decorations) {
	for _, one := range all {
		one(d)
	}
}

func (d decorations) labels() []string {
	labels := append([]string(nil), d.covers...)
	for _, need := range d.needs {
		// Bars, slashes and exclamation marks have a meaning of their own in Ginkgo's label filters.
		labels = append(labels, labelNeeds+url.QueryEscape(need))
	}
	if d.touches > effect.Nothing {
		labels = append(labels, labelTouches+d.touches.String())
	}
	if d.monitor {
		labels = append(labels, labelMonitor)
	}
	if d.ownRules {
		labels = append(labels, labelTranscript)
	}
	if d.bare {
		labels = append(labels, labelBare)
	}
	return labels
}

// undecorate reads a spec's decorations back from its text and labels; the text comes back without the id.
func undecorate(text string, labels []string) (decorations, string) {
	var d decorations
	if first, rest, _ := strings.Cut(text, " "); strings.Contains(first, "/") {
		d.id, text = first, rest
	}
	for _, label := range labels {
		switch {
		case strings.HasPrefix(label, labelNeeds):
			if need, err := url.QueryUnescape(label[len(labelNeeds):]); err == nil {
				d.needs = append(d.needs, need)
			}
		case strings.HasPrefix(label, labelTouches):
			if e, err := effect.Parse(label[len(labelTouches):]); err == nil {
				d.touches = max(d.touches, e)
			}
		case label == labelMonitor:
			d.monitor = true
		case label == labelTranscript:
			d.ownRules = true
		case label == labelBare:
			d.bare = true
		case strings.HasPrefix(label, "rfc"):
			d.covers = append(d.covers, label)
		}
	}
	return d, text
}
