package dsl

import (
	"context"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/sample"
	"github.com/ncspec/ncspec/harness/session"
)

// Cast is a list in the server's own data that plays the example of RFC 6241 §6.4.3, see package sample.
type Cast struct{ *sample.Cast }

// XML is Filter for specs that have no verdict where the server's data has nothing for a part.
func (c Cast) XML(text string) string { return orNoVerdict(c.Filter(text)) }

// XPath is Expr for specs that have no verdict where the server's data has nothing for a part.
func (c Cast) XPath(text string) string { return orNoVerdict(c.Expr(text)) }

// Local is Name for specs that have no verdict where the server's data has nothing for a part.
func (c Cast) Local(word string) string { return orNoVerdict(c.Name(word)) }

func orNoVerdict(text string, err error) string {
	if err != nil {
		NoVerdict(err.Error())
	}
	return text
}

// FindCast finds a cast: in running, or, where running has no list of several
// entries, in the state data. Where there is none either the spec has no verdict.
func FindCast(ctx context.Context, s *session.Session) Cast {
	cast := Shared(ctx, "cast", func() *sample.Cast {
		running := s.GetConfig(ctx, datastore.Running, "")
		Given(running).To(match.CarryData())
		found := sample.Find(running.Data, sampleOptions(ctx))
		if found != nil && found.Several() {
			return found
		}
		if state := findStateCast(ctx, s, running.Data); state != nil && (found == nil || state.Several()) {
			return state
		}
		return found
	})
	if cast == nil {
		NoVerdict("the server's data has nothing for this probe: an element that begins with a leaf")
	}
	return Cast{cast}
}

// FindStateCast is FindCast for state data alone: a list of several entries that get returns and get-config does not.
func FindStateCast(ctx context.Context, s *session.Session) Cast {
	cast := Shared(ctx, "state cast", func() *sample.Cast {
		running := s.GetConfig(ctx, datastore.Running, "")
		Given(running).To(match.CarryData())
		return findStateCast(ctx, s, running.Data)
	})
	if cast == nil || !cast.Several() {
		NoVerdict("the server's state data has nothing for this probe: a list of several entries that stays as it is")
	}
	return Cast{cast}
}

// findStateCast reads everything twice: what counts or tells the time is of no use. nil where get refuses everything, or
// nothing fits.
func findStateCast(ctx context.Context, s *session.Session, running *xmlquery.Node) *sample.Cast {
	once, again := Everything(ctx, s), Everything(ctx, s)
	for _, reply := range []*session.Reply{once, again} {
		if held, _ := match.CarryData().Match(reply); !held {
			return nil
		}
	}
	options := sampleOptions(ctx)
	options.Again, options.Except = again.Data, sample.PathsOf(running)
	options.Except[sessionsPlace] = true
	cast := sample.Find(once.Data, options)
	if cast != nil {
		cast.State = true
	}
	return cast
}

// sessionsPlace is a list that our own sessions change (RFC 6022 §2.1.3).
const sessionsPlace = "/{urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring}netconf-state/" +
	"{urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring}sessions"

// long is how many times the grace a server gets for all it has.
const long = 6

// Everything asks get for all there is. A reply that is no data is left to the spec to judge.
func Everything(ctx context.Context, s *session.Session) *session.Reply {
	return s.AwaitFor(ctx, s.Send(ctx, netconf.Get("")), long*s.Grace())
}

func sampleOptions(ctx context.Context) sample.Options {
	run := FromContext(ctx)
	options := sample.Options{Hides: run.Redactor.Hides}
	if f := run.Target.Fixture; f != nil && f.Model != nil {
		options.Keyed = f.Model.Namespace
	}
	return options
}
