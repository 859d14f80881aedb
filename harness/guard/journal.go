package guard

import (
	"fmt"
	"html"
	"regexp"
	"time"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/journal"
	"github.com/ncspec/ncspec/harness/session"
)

// Journal is where the guard writes down what it will have to undo, see journal.Place.
type Journal interface {
	Begin(journal.Head) error
	Add(journal.Entry) error
	Remove() error
}

// written matches a target that is a file on the device (RFC 6241 §8.8.5).
var written = regexp.MustCompile(`(?s)<(?:[\pL_][\pL\pN._-]*:)?target\s*>\s*<(?:[\pL_][\pL\pN._-]*:)?url(?:\s[^<>]*)?>(.*?)</`)

// writeDown sees that the disk knows how to undo a request before it leaves. The caller has the mutex.
func (g *Guard) writeDown(out session.Outgoing) error {
	if g.config.Journal == nil || out.Effect < effect.Candidate {
		return nil
	}
	if !g.journalled {
		if err := g.config.Journal.Begin(g.head()); err != nil {
			return fmt.Errorf("nothing is changed without a journal: %w", err)
		}
		g.journalled = true
	}
	for _, text := range [][]byte{out.Whole, effect.Unchunked(out.Whole)} {
		for _, m := range written.FindAllSubmatch(text, -1) {
			if err := g.jot(journal.Entry{URL: html.UnescapeString(string(m[1]))}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (g *Guard) head() journal.Head {
	return journal.Head{Target: g.config.Name, Started: time.Now(), Fixture: g.config.Fixture, Running: g.before.octets[datastore.Running],
		Candidate: g.before.octets[datastore.Candidate], Startup: g.before.octets[datastore.Startup], Lockable: g.lockable}
}

// jot adds what is not in the journal yet.
func (g *Guard) jot(e journal.Entry) error {
	if g.config.Journal == nil || g.jotted[e] {
		return nil
	}
	if err := g.config.Journal.Add(e); err != nil {
		return fmt.Errorf("nothing is changed without a journal: %w", err)
	}
	g.jotted[e] = true
	return nil
}
