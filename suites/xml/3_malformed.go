package xml

import (
	"context"
	"strings"
	"unicode/utf16"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/effect"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func malformed() {
	It("answers what is not well-formed with malformed-message", Spec("xml/malformed"), Covers("rfc6241-3-malformed-xml-rejected"),
		func(ctx ginkgo.SpecContext) {
			demandMalformed(ctx, "rfc6241-3-malformed-xml-rejected", notWellFormed()...)
		})

	It("answers an incomplete document with malformed-message", Spec("xml/truncated"), Covers("rfc6241-3-truncated-xml-rejected"),
		func(ctx ginkgo.SpecContext) { demandMalformed(ctx, "rfc6241-3-truncated-xml-rejected", truncated()) })

	It("answers two roots with malformed-message and executes neither", Spec("xml/two-roots"), Needs("fixture:leaf"),
		Covers("rfc6241-3-two-roots-rejected"), func(ctx ginkgo.SpecContext) {
			unchanged(ctx, "rfc6241-3-two-roots-rejected", func(l Leaf, value string) broken {
				return broken{"two roots", rpc(session.Nothing()) + rpc(l.Edit(value))}
			})
		})

	It("answers octets that are no UTF-8 with malformed-message and stores nothing", Spec("xml/not-utf8"), Needs("fixture:text"),
		Covers("rfc6241-3-non-utf8-octets-rejected"), func(ctx ginkgo.SpecContext) {
			for what, octets := range map[string]string{"a lone octet 0xFF": "\xff", "an overlong sequence": "\xc0\xaf"} {
				unchanged(ctx, "rfc6241-3-non-utf8-octets-rejected", func(l Leaf, value string) broken {
					return broken{what, rpc(strings.Replace(l.Edit("ncspec"), "ncspec", "ncspec"+octets, 1))}
				})
			}
		})

	It("answers another encoding with malformed-message", Spec("xml/foreign-encoding"), Covers("rfc6241-3-foreign-encoding-rejected"),
		func(ctx ginkgo.SpecContext) {
			latin := `<?xml version="1.0" encoding="ISO-8859-1"?>` + rpc("<get-config><source><running/></source><filter>"+
				"<ncspec xmlns=\"urn:example:ncspec\">caf\xe9</ncspec></filter></get-config>")
			demandMalformed(ctx, "rfc6241-3-foreign-encoding-rejected", broken{"UTF-16", utf16With(rpc(session.Nothing()))},
				broken{"ISO-8859-1", latin})
		})
}

// unanswerable: silence on an open session is all that fails here.
func unanswerable() {
	It("answers a broken message or ends the session", Spec("xml/no-silence"), Covers("rfc6241-3-terminate-when-no-reply-possible"),
		func(ctx ginkgo.SpecContext) {
			cases := append(notWellFormed(), truncated(), broken{"an opening bracket alone", "<"}, broken{"no UTF-8", "\xff\xfe\xfd"},
				broken{"text", "good morning"}, broken{"white space", " \t "}, broken{"UTF-16", utf16With(rpc(session.Nothing()))})
			for _, c := range cases {
				s, reply := provoked(ctx, c.message)
				s.Note("%s", c.what)
				Demand("rfc6241-3-terminate-when-no-reply-possible", reaction(reply)).To(Hold("a reply or the end of the session",
					func(text string) bool { return text != silence }))
				Observe("reaction to "+c.what, reaction(reply), "rpc-error "+MalformedMessage, closed)
			}
			Given(Open(ctx)).To(StillAnswer(ctx))
		})
}

func notWellFormed() []broken {
	return []broken{
		{"an end tag that does not match", `<rpc message-id="1" xmlns="` + base + `"><get></rpc>`},
		{"an attribute twice", `<rpc message-id="1" message-id="2" xmlns="` + base + `"><get/></rpc>`},
		{"a bare ampersand", rpc("<get>&</get>")},
		{"text alone", "get"},
	}
}

func truncated() broken {
	return broken{"a document without its end", `<rpc message-id="1" xmlns="` + base + `"><get>`}
}

// utf16With encodes text in UTF-16, big-endian, with a byte order mark.
func utf16With(text string) string {
	octets := []byte{0xfe, 0xff}
	for _, unit := range utf16.Encode([]rune(text)) {
		octets = append(octets, byte(unit>>8), byte(unit))
	}
	return string(octets)
}

// unchanged sends a broken message that holds an edit, judges the answer, and that nothing was stored.
func unchanged(ctx context.Context, id string, message func(l Leaf, value string) broken) {
	witness, l := Open(ctx, Named("witness")), FixtureLeaf(ctx)
	before, running := l.Read(ctx, witness, l.Store), l.Read(ctx, witness, datastore.Running)
	c := message(l, l.Other(before))
	s, reply := provoked(ctx, c.message)
	s.Note("%s", c.what)
	Observe("reaction to "+c.what, reaction(reply), "rpc-error "+MalformedMessage)
	if reply.Outcome != session.Silent {
		Demand(id, reply).To(beMalformed())
	}
	Demand(id, l.Read(ctx, witness, l.Store)).To(Equal(before))
	Demand(id, l.Read(ctx, witness, datastore.Running)).To(Equal(running))
}

func declaration() {
	It("takes messages with and without an XML declaration", Spec("xml/declaration-optional"), Covers("rfc6241-3-xml-declaration-optional"),
		Touches(effect.Session), func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-3-xml-declaration-optional"
			Given(Open(ctx, Fresh())).To(StillAnswer(ctx))
			for _, d := range []string{"", `<?xml version="1.0" encoding="UTF-8"?>`, `<?xml version='1.0' encoding='UTF-8'?>`,
				`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`, `<?xml version="1.0"?>`} {
				reply := prefaced(ctx, d)
				Demand(id, reply).To(CarryData())
			}
		})
}

// prefaced opens a session and asks for something, each message behind the declaration.
func prefaced(ctx context.Context, declaration string) *session.Reply {
	hello := string(netconf.MarshalHello(0, session.Versions()...))
	s := greeted(ctx, declaration+strings.TrimPrefix(hello, declarationOf(hello)))
	r := netconf.Request{MessageID: "declared", Operation: session.Nothing()}
	return ask(ctx, s, r, declaration+string(r.Marshal()))
}

// declarationOf is the XML declaration that a document begins with, "" for none.
func declarationOf(document string) string {
	if !strings.HasPrefix(document, "<?xml") {
		return ""
	}
	return document[:strings.Index(document, "?>")+2]
}
