package errors

import (
	"context"
	"strings"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func paths() {
	ginkgo.Describe("error-path", func() {
		contextNode()
		unrelated()
	})
}

func contextNode() {
	const id = "rfc6241-4.3-error-path-context-node"
	It("leads from the rpc or from the root of the data to the fault", Spec("errors/path-context-node"), Covers(id), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		parameter := b.s.RPC(ctx, "<get-config><source><running/></source><bogus/></get-config>")
		Given(parameter).To(refuse())
		judged := demandPath(ctx, id, b, "a parameter", parameter, "bogus", "get-config")
		if model, ok := b.model(); ok {
			content := b.s.RPC(ctx, b.edit(model.Top("<interface><name>eth0</name><mtu>1</mtu></interface>")))
			Given(content).To(refuse())
			judged = demandPath(ctx, id, b, "a value", content, "mtu", "interface") || judged
		}
		if rule := b.fixture.Constraint; rule != nil && len(rule.Nodes) > 0 {
			judged = demandPath(ctx, id, b, "a rule between nodes", broken(ctx, b, rule.Broken), rule.Nodes...) || judged
		}
		if !judged {
			NoVerdict("no error-path was sent")
		}
	})
}

// demandPath judges the error-paths of a reply: each selects a node of one of these names, in the request or in T. It
// tells whether there was one.
func demandPath(ctx context.Context, id string, b bench, fault string, reply *session.Reply, names ...string) bool {
	judged := false
	for _, e := range reply.Errors {
		if !strings.HasPrefix(e.Path, "/") { // that it is absolute is judged of all
			continue
		}
		judged = true
		Observe("error-path for "+fault, e.Path)
		found := append(inRequest(e, reply), inData(ctx, e, b)...)
		Demand(id, strings.Join(found, " ")).To(Hold("error-path "+e.Path+" to select one of "+strings.Join(names, ", "), func(string) bool {
			for _, name := range found {
				for _, good := range names {
					if name == good {
						return true
					}
				}
			}
			return false
		}))
	}
	return judged
}

// inRequest gives the names of the nodes that an error-path selects in the request, from its document node or from rpc.
func inRequest(e netconf.RPCError, reply *session.Reply) []string {
	request, _ := netconf.Parse(reply.Request.Request.Marshal())
	return append(selected(e, e.Path, request), selected(e, "/nc:rpc"+e.Path, request)...)
}

// inData gives the names of the nodes that an error-path selects in T and, as the fault may be in what was not stored, in
// running.
func inData(ctx context.Context, e netconf.RPCError, b bench) []string {
	var names []string
	for _, d := range []datastore.Name{b.store, datastore.Running} {
		reply := b.s.GetConfig(ctx, d, "")
		Given(reply).To(CarryData())
		names = append(names, selected(e, "/nc:rpc-reply/nc:data"+e.Path, reply.Document)...)
	}
	return names
}

// selected gives the names of the nodes that an expression selects with the prefixes of an error-path.
func selected(e netconf.RPCError, expr string, in *netconf.Document) []string {
	if in == nil {
		return nil
	}
	x, err := netconf.CompileXPath(expr, bound(e.Node.SelectElement("*[local-name()='error-path']")))
	if err != nil {
		return nil // that it can be read is judged of all
	}
	var names []string
	for _, n := range x.Nodes(in) {
		names = append(names, n.Data)
	}
	return names
}

func unrelated() {
	const id = "rfc6241-4.3-error-path-absent-if-unrelated"
	It("is left out where no node is at fault", Spec("errors/path-unrelated"), Covers(id), func(ctx ginkgo.SpecContext) {
		holder, b := Open(ctx, Named("holder")), begin(ctx)
		Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
		for _, p := range []probe{
			{"lock of what is locked", netconf.Lock(datastore.Running)},
			{"kill-session of nobody", netconf.KillSession("4294967294")},
		} {
			reply := b.s.RPC(ctx, p.operation)
			Given(reply).To(refuse())
			for _, e := range reply.Errors {
				Observe("error-path of "+p.doing, e.Path)
				Demand(id, e.Path).To(upon(p.doing, Hold("no error-path, or one that selects a node of the request", func(path string) bool {
					return path == "" || len(inRequest(e, reply)) > 0
				})))
			}
		}
	})
}
