package xml

import (
	"context"
	"fmt"
	"net"
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

func documentTypes() {
	It("reacts to a document type declaration", Spec("xml/doctype-in-request"), Covers("rfc6241-3.2-doctype-in-request"),
		func(ctx ginkgo.SpecContext) {
			for _, doctype := range []string{`<!DOCTYPE rpc [<!ENTITY e "x">]>`, `<!DOCTYPE rpc SYSTEM "file:///ncspec.dtd">`} {
				s, reply := provoked(ctx, doctype+rpc(session.Nothing()))
				s.Note("%s", doctype)
				Demand("rfc6241-3.2-doctype-in-request", reaction(reply)).To(Hold("a reply or the end of the session",
					func(text string) bool { return text != silence }))
				Observe("reaction to "+doctype, reaction(reply), "rpc-error "+MalformedMessage, closed, "a normal reply")
			}
			Given(Open(ctx)).To(StillAnswer(ctx))
		})

	It("stays usable where entities are declared", Spec("xml/entities"), Needs("fixture:text"), Covers("rfc6241-3.2-entities-not-expanded"),
		func(ctx ginkgo.SpecContext) { entities(ctx) })
}

func entities(ctx ginkgo.SpecContext) {
	const id = "rfc6241-3.2-entities-not-expanded"
	witness, l := Open(ctx, Named("witness")), FixtureLeaf(ctx)
	listener, called := listen(ctx)
	for _, declared := range []broken{
		{"an internal entity", `<!ENTITY e "expanded">`},
		{"a file", `<!ENTITY e SYSTEM "file:///etc/hostname">`},
		{"an address", fmt.Sprintf(`<!ENTITY e SYSTEM "http://%s/ncspec">`, listener)},
		{"nested entities", `<!ENTITY a "` + strings.Repeat("x", 100) + `"><!ENTITY b "` + strings.Repeat("&a;", 10) + `"><!ENTITY e "` +
			strings.Repeat("&b;", 10) + `">`},
	} {
		edit := strings.Replace(l.Edit("ncspec"), "ncspec", "ncspec &e;", 1)
		s, reply := provoked(ctx, "<!DOCTYPE rpc ["+declared.message+"]>"+rpc(edit))
		s.Note("%s", declared.what)
		Demand(id, reaction(reply)).To(Hold("a reply or the end of the session", func(text string) bool { return text != silence }))
		Demand(id, witness).To(StillAnswer(ctx))
		Observe("reaction to "+declared.what, reaction(reply), "rpc-error "+MalformedMessage, closed, "a normal reply")
		if stored := l.Read(ctx, witness, l.Store); strings.HasPrefix(stored, "ncspec") {
			Observe("security: stored for "+declared.what, stored)
		}
	}
	Observe("security: calls of the harness's own address", len(called()))
}

// listen gives an address of the harness's own and the calls that it got. A device that cannot reach it calls nothing.
func listen(ctx context.Context) (string, func() []string) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		Broken("listening for calls: %v", err)
	}
	calls := make(chan string, 16)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				close(calls)
				return
			}
			select {
			case calls <- conn.RemoteAddr().String():
			default:
			}
			_ = conn.Close()
		}
	}()
	return listener.Addr().String(), func() []string {
		_ = listener.Close()
		var all []string
		for call := range calls {
			all = append(all, call)
		}
		return all
	}
}
