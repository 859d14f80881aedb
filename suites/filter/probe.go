package filter

import (
	"fmt"
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/sample"
	"github.com/ncspec/ncspec/harness/session"
)

// probe is a filter and what must be true of the reply to it, in the words of package sample.
type probe struct {
	filter  string   // what stands inside filter
	holds   []string // XPath that is true of the reply
	same    []string // XPath of nodes that must be what they are without a filter
	like    string   // another filter, whose reply must be the same
	where   string   // XPath that is true of the data that the probe is for; "" any data
	notes   []note   // what may be or not
	none    string   // what is odd about a filter that selects nothing: an rpc-error is as good then
	get     bool     // only with get
	config  bool     // only with get-config
	tooMuch bool     // an rpc-error that the filter is too big is as good
}

// note is something that a server may do or not; an XPath says whether it does.
type note struct{ what, expr string }

// judge registers the spec of one requirement. Each probe is sent with get-config of running and with get, with get alone
// where running has nothing for it. Where the server's data has nothing for a probe, the others judge alone.
func judge(slug, id, text string, probes ...probe) {
	It(text, Spec("filter/"+slug), Covers(id), ginkgo.Offset(2), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		r.judge(id, probes)
	})
}

// judge tries all probes. There is no verdict where none could be tried.
func (r *reader) judge(id string, probes []probe) {
	tried, missing := 0, error(&sample.Missing{Part: "the nodes that it names"})
	for _, p := range probes {
		ready, err := p.in(r.cast)
		if err != nil {
			missing = err
			continue
		}
		if p.where != "" && r.count(p.where) == 0 {
			continue
		}
		for _, op := range r.operations(p) {
			tried++
			r.demand(id, op, ready)
		}
	}
	if tried == 0 {
		NoVerdict(missing.Error())
	}
}

// operations are those that the probe is sent with: state data is there for get only.
func (r *reader) operations(p probe) []operation {
	switch {
	case p.get, r.cast.State:
		return []operation{get}
	case p.config:
		return []operation{getConfig}
	}
	return []operation{getConfig, get}
}

func (r *reader) demand(id string, op operation, p probe) {
	reply := r.ask(op, p.filter)
	if refused(op, p, reply) {
		Demand(id, reply).To(BeRPCError())
		return
	}
	Demand(id, reply).To(BeUnrefused())
	for _, n := range p.notes {
		Observe(fmt.Sprintf("%s (%s)", n.what, op), isThere(holds(r.have(n.expr), reply)), isThere(true), isThere(false))
	}
	for _, expr := range p.holds {
		Demand(id, reply).To(r.have(expr))
	}
	for _, expr := range p.same {
		reply = r.demandSame(id, op, p.filter, expr, reply)
	}
	if p.like != "" {
		want := r.ask(op, p.like)
		Given(want).To(CarryData())
		Demand(id, reply).To(r.beLike(want, data))
	}
}

// refused tells whether an rpc-error came where one is as good as data. What came is observed.
func refused(op operation, p probe, reply *session.Reply) bool {
	switch {
	case p.none != "":
		Observe(fmt.Sprintf("%s with %s", op, p.none), outcome(reply), "data", "data with nothing in it", "rpc-error …")
		return holds(BeRPCError(), reply)
	case p.tooMuch:
		Observe(fmt.Sprintf("%s with a large filter", op), outcome(reply), "data", "rpc-error too-big", "rpc-error resource-denied")
		return holds(BeRPCError("too-big", "resource-denied"), reply)
	}
	return false
}

func holds(m Matcher, reply *session.Reply) bool {
	held, err := m.Match(reply)
	Given(err).To(Succeed())
	return held
}

// twoKeys is true of a list with two keys that holds another list, in the fixture model.
const twoKeys = `{data}/t:services/t:route[t:from = "north" and t:to = "south"]/t:hop`

// inside puts a filter for t:user where the list is.
func inside(filter ...string) string { return "{in}" + strings.Join(filter, "") + "{/in}" }

// data is all that a reply holds.
const data = "/nc:rpc-reply/nc:data"

// exactly says that there are nodes at a path, and that each has these children and no other one with content; keys
// aside.
func exactly(path string, children ...string) []string {
	var have, be []string
	for _, child := range children {
		have, be = append(have, "t:"+child), append(be, "self::t:"+child)
	}
	return []string{path, "not(" + path + "[not(" + strings.Join(have, " and ") + ")])",
		"not(" + path + "/*[not(" + strings.Join(be, " or ") + " or {key})][normalize-space()])"}
}

// only says that there is one entry, with these children and no other one with content; keys aside.
func only(children ...string) []string {
	return append(exactly("{entries}", children...), "count({entries}) = 1")
}

func isThere(is bool) string {
	if is {
		return "returned"
	}
	return "not returned"
}

func all(lists ...[]string) []string {
	var joined []string
	for _, list := range lists {
		joined = append(joined, list...)
	}
	return joined
}
