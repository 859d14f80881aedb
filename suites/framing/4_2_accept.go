package framing

import (
	"context"
	"fmt"
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

// legal is a get-config that a server has to answer, written in another way each time.
type legal struct {
	requirement string
	text        string
	forms       []form
}

// form gives the octets of one get-config, and which request they carry. Each piece is a write of its own.
type form func(ctx context.Context, s *session.Session) (netconf.Request, []string)

func (l legal) register() {
	It("accepts "+l.text, Spec("framing/"+slug(l.requirement)), Covers(l.requirement), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		for _, f := range l.forms {
			r, pieces := f(ctx, s)
			demandData(l.requirement, ask(ctx, s, r, pieces...))
		}
	})
}

// slug is the part of a spec's id behind the suite, for a spec that judges one requirement.
func slug(requirement string) string {
	_, section, _ := strings.Cut(requirement, "-")
	_, name, _ := strings.Cut(section, "-")
	return name
}

func acceptedChunks() {
	ginkgo.Describe("how a message is cut into chunks", func() {
		for _, l := range []legal{
			{"rfc6242-4.2-accept-many-chunks", "a message in three chunks and in 200", []form{inChunks(3), inChunks(200)}},
			{"rfc6242-4.2-accept-one-octet-chunks", "chunks of one octet", []form{cutEvery(1)}},
			{"rfc6242-4.2-accept-boundary-in-tag", "chunks that end inside a tag, a name or a value", []form{cutInTags}},
			{"rfc6242-4.2-accept-boundary-in-markup", "chunks that end inside other markup", []form{cutInMarkup}},
			{"rfc6242-4.2-accept-boundary-in-whitespace", "a chunk of white space", []form{cutAroundSpace}},
			{"rfc6242-4.2-chunk-header-is-data-inside-chunk", "what looks like a chunk header inside a chunk", []form{headerInData}},
		} {
			l.register()
		}
		acceptOneChunk()
		acceptCharacters()
		acceptExample()
	})
}

// acceptOneChunk is what every other spec begins with. Where the server can do without chunks, it has to show first that it
// answers at all.
func acceptOneChunk() {
	const id = "rfc6242-4.2-accept-single-chunk"
	It("accepts a message in one chunk", Spec("framing/accept-single-chunk"), Covers(id), func(ctx ginkgo.SpecContext) {
		if FromContext(ctx).Claims.Has("base:1.0") {
			Given(Open(ctx, Named("without chunks"), Announcing(netconf.Base10))).To(StillAnswer(ctx))
		}
		s := Open(ctx)
		for _, size := range []int{len(document(s)) + len("<!---->"), 4 << 10} {
			r := requestOf(s, size)
			reply := ask(ctx, s, r, message(string(r.Marshal())))
			if refused, _ := BeRPCError().Match(reply); refused && reply.Errors[0].Tag != MalformedMessage {
				Given(reply).To(CarryData()) // the message was read: why get-config is refused is no matter of framing
			}
			demandData(id, reply)
		}
	})
}

func cutEvery(size int) form {
	return func(_ context.Context, s *session.Session) (netconf.Request, []string) {
		r := request(s)
		return r, []string{string(wire.Append(nil, wire.Chunked, r.Marshal(), size))}
	}
}

// inChunks makes that many chunks of two octets or more: a comment makes the request long enough.
func inChunks(count int) form {
	return func(_ context.Context, s *session.Session) (netconf.Request, []string) {
		r := request(s)
		short := len(r.Marshal()) + len("<!---->")
		size := max(2, (short+count-1)/count)
		r.Operation = "<!--" + strings.Repeat("x", size*count-short) + "-->" + r.Operation
		return r, []string{string(wire.Append(nil, wire.Chunked, r.Marshal(), size))}
	}
}

func cutInTags(_ context.Context, s *session.Session) (netconf.Request, []string) {
	r, _ := s.Frame(session.Nothing(), session.WithMessageID("101"))
	return r, []string{cutAt(string(r.Marshal()), "<rp|c", "message-|id", `"10|1"`, "</r|pc>")}
}

// cutInMarkup cuts what a parser has to see whole before it knows what it is. The text of the filter is a value of
// the fixture, where there is one: a name made up could be refused.
func cutInMarkup(ctx context.Context, s *session.Session) (netconf.Request, []string) {
	r := request(s)
	places := []string{"<?x|ml", "\r|\n", "&am|p;", "<!-|-"}
	if f := FromContext(ctx).Target.Fixture; f != nil && f.Leaf != nil {
		value := f.Leaf.Values[0]
		filter := strings.Replace(f.Leaf.Config(value, ""), ">"+value+"<", "><![CDATA["+value+"]]><", 1)
		r.Operation = netconf.GetConfig("running", filter)
		places = append(places, "<![CDA|TA[")
	}
	r.Operation = "<!-- a comment -->\r\n" + r.Operation
	r.Attributes = []netconf.Attribute{{Name: "note", Value: "this & that"}}
	return r, []string{cutAt(`<?xml version="1.0" encoding="UTF-8"?>`+string(r.Marshal()), places...)}
}

func cutAroundSpace(_ context.Context, s *session.Session) (netconf.Request, []string) {
	r := request(s)
	r.Operation = "\n\n" + r.Operation
	before, behind, _ := strings.Cut(string(r.Marshal()), "\n\n")
	return r, []string{chunk(before) + chunk("\n\n") + chunk(behind) + end}
}

func headerInData(_ context.Context, s *session.Session) (netconf.Request, []string) {
	r := request(s)
	r.Operation = "<!-- \n#5\n and \n#0\n -->" + r.Operation
	return r, []string{message(string(r.Marshal()))}
}

// cutAt frames a document with a cut at each place; a bar in a place says where in it.
func cutAt(document string, places ...string) string {
	var framed strings.Builder
	from := 0
	for at := range document {
		for _, place := range places {
			before, behind, _ := strings.Cut(place, "|")
			if at > from && strings.HasSuffix(document[:at], before) && strings.HasPrefix(document[at:], behind) {
				framed.WriteString(chunk(document[from:at]))
				from = at
			}
		}
	}
	return framed.String() + chunk(document[from:]) + end
}

// clef is U+1D11E, a character of four octets.
const clef = "\U0001D11E"

func acceptCharacters() {
	const id = "rfc6242-4.2-accept-boundary-in-utf8"
	It("accepts chunks that end inside a character", Spec("framing/accept-boundary-in-utf8"), Covers(id),
		Needs("fixture:text"), func(ctx ginkgo.SpecContext) {
			s, t := Open(ctx), FixtureLeaf(ctx)
			Given(s.RPC(ctx, t.Edit(clef))).To(BeOK())
			value := "ncspec " + strings.Repeat(clef, 3)
			edit, _ := s.Frame(t.Edit(value))
			rest := string(edit.Marshal())
			framed := ""
			for octets := 1; octets <= 3; octets++ {
				at := strings.Index(rest, clef) + octets
				framed, rest = framed+chunk(rest[:at]), rest[at:]
			}

			Demand(id, ask(ctx, s, edit, framed+chunk(rest)+end)).To(BeOK())
			Demand(id, t.Read(ctx, s, t.Store)).To(Equal(value))
		})
}

// acceptExample sends the message as section 4.2 prints it, the line feeds that belong to the data included.
func acceptExample() {
	const id = "rfc6242-4.2-accept-example-encoding"
	It("accepts the example of the section", Spec("framing/accept-example-encoding"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		r := netconf.Request{MessageID: "102", Operation: netconf.CloseSession()}
		namespace := fmt.Sprintf("     xmlns=%q>\n", netconf.BaseNamespace)

		reply := ask(ctx, s, r, "\n#4\n<rpc"+"\n#18\n message-id=\"102\"\n"+
			"\n#79\n"+namespace+"  <close-session/>\n</rpc>"+end)
		Demand(id, reply).To(BeOK())
		Demand(id, reply).To(HaveXPath("/nc:rpc-reply/@message-id", r.MessageID))
		Demand(id, s.AwaitEnd(ctx)).To(BeOver())
	})
}
