package filter

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/sample"
	"github.com/ncspec/ncspec/harness/session"
)

// operation is one that takes a filter.
type operation string

// The operations that take a filter (RFC 6241 §6.1). get-config reads running.
const (
	get       operation = "get"
	getConfig operation = "get-config"
)

// with gives the operation with a filter element.
func (o operation) with(filter string) string {
	if o == get {
		return "<get>" + filter + "</get>"
	}
	return "<get-config><source><running/></source>" + filter + "</get-config>"
}

// subtree gives the operation with what stands inside a subtree filter.
func (o operation) subtree(filter string) string {
	return o.with(`<filter type="subtree">` + filter + `</filter>`)
}

// reader reads through filters.
type reader struct {
	ctx   context.Context
	s     *session.Session
	cast  Cast
	whole *session.Reply // without a filter; nil while nobody has asked
	known sample.Paths   // where running has nodes
}

// begin opens a session and finds what filters can be made of. Where there is nothing the spec has no verdict.
func begin(ctx context.Context) *reader {
	s := Open(ctx)
	return &reader{ctx: ctx, s: s, cast: FindCast(ctx, s)}
}

// beginState is begin for state data.
func beginState(ctx context.Context) *reader {
	s := Open(ctx)
	return &reader{ctx: ctx, s: s, cast: FindStateCast(ctx, s)}
}

// in gives the probe in the names of the server. The error says what its data has not got.
func (p probe) in(c Cast) (probe, error) {
	ready := p
	var err error
	for _, text := range []*string{&ready.filter, &ready.like} {
		if *text, err = c.Filter(*text); err != nil {
			return p, err
		}
	}
	ready.holds, ready.same = slices.Clone(p.holds), slices.Clone(p.same)
	ready.notes = slices.Clone(p.notes)
	for i := range ready.notes {
		if ready.notes[i].expr, err = c.Expr(ready.notes[i].expr); err != nil {
			return p, err
		}
	}
	for _, list := range [][]string{ready.holds, ready.same} {
		for i := range list {
			if list[i], err = c.Expr(list[i]); err != nil {
				return p, err
			}
		}
	}
	return ready, nil
}

// ask reads through a filter.
func (r *reader) ask(op operation, filter string) *session.Reply {
	return r.s.RPC(r.ctx, op.subtree(filter))
}

// have asks an XPath of a reply.
func (r *reader) have(expr string) *XPathMatcher { return HaveXPath(expr).In(r.cast.Namespaces()) }

// unfiltered reads running, or where it has nothing for probes all data, without a filter.
func (r *reader) unfiltered() *session.Reply {
	if r.whole == nil {
		r.read()
	}
	return r.whole
}

func (r *reader) read() {
	if r.cast.State {
		r.whole = Everything(r.ctx, r.s)
	} else {
		r.whole = r.s.GetConfig(r.ctx, datastore.Running, "")
	}
	Given(r.whole).To(CarryData())
	r.known = sample.PathsOf(r.whole.Data)
}

// count counts the nodes that an XPath selects without a filter.
func (r *reader) count(expr string) int {
	x, err := netconf.CompileXPath(r.cast.XPath(expr), r.cast.Namespaces())
	Given(err).To(Succeed())
	return len(x.Nodes(r.unfiltered().Document))
}

// counted is an XPath that says that there are as many nodes at a path as without a filter. Without any the spec has no
// verdict.
func (r *reader) counted(path string) string {
	n := r.count(path)
	if n == 0 {
		NoVerdict("nothing without a filter is at " + path)
	}
	return fmt.Sprintf("count(%s) = %d", path, n)
}

// text writes the nodes that an XPath selects, as far as running has such nodes: get may add state data.
func (r *reader) text(reply *session.Reply, expr string) []string {
	r.unfiltered()
	x, err := netconf.CompileXPath(expr, r.cast.Namespaces())
	Given(err).To(Succeed())
	texts := []string{}
	if reply.Outcome != session.Answered {
		return texts
	}
	for _, n := range x.Nodes(reply.Document) {
		if text := sample.Text(n, r.known); text != "" {
			texts = append(texts, text)
		}
	}
	slices.Sort(texts)
	return texts
}

// beLike holds for a reply in which an XPath selects the same content as in another one.
func (r *reader) beLike(other *session.Reply, expr string) Matcher {
	want := r.text(other, expr)
	return BeReply(fmt.Sprintf("at %s\n%s", expr, indent(strings.Join(want, "\n"))), func(reply *session.Reply) bool {
		return slices.Equal(r.text(reply, expr), want)
	})
}

// demandSame wants nodes to be what they are without a filter. Somebody may have changed them since they were read: then
// both are read again. It gives the reply that was judged.
func (r *reader) demandSame(id string, op operation, filter, expr string, reply *session.Reply) *session.Reply {
	if same, _ := r.beLike(r.unfiltered(), expr).Match(reply); !same {
		r.read()
		reply = r.ask(op, filter)
	}
	Demand(id, reply).To(r.have(expr))
	Demand(id, reply).To(r.beLike(r.whole, expr))
	return reply
}

func indent(text string) string { return "  " + strings.ReplaceAll(text, "\n", "\n  ") }

// outcome says in a few words what became of a request.
func outcome(r *session.Reply) string {
	switch {
	case r.Outcome != session.Answered:
		return r.Outcome.String()
	case len(r.Errors) > 0:
		return "rpc-error " + r.Errors[0].Tag
	case r.OK:
		return "ok"
	case r.Data != nil && r.Data.FirstChild == nil:
		return "data with nothing in it"
	}
	return "data"
}
