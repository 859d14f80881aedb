package get

import (
	"context"
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

func xmlForms() {
	const id = "rfc6241-3-xml-forms-equal"
	It("are the same request", Spec("get/xml-forms-equal"), Covers(id), func(ctx ginkgo.SpecContext) {
		s, cast, read := retrieval(ctx)
		fred, err := cast.Value("fred")
		Given(err).To(Succeed())
		filter := cast.XML("{in}<t:user><t:name>VALUE</t:name></t:user>{/in}")
		plain := string(netconf.Request{MessageID: "forms", Operation: read(`<filter type="subtree">` + filter + `</filter>`)}.Marshal())
		first := spelt(ctx, s, strings.Replace(plain, "VALUE", escape(fred), 1))
		Demand(id, first).To(BeUnrefused())
		Demand(id, first).To(HaveXPath(cast.XPath("{entries}[t:name = {fred}]")).In(cast.Namespaces()))
		for _, form := range forms(plain, fred) {
			s.Note("%s", form.what)
			reply := spelt(ctx, s, form.document)
			Demand(id, reply).To(BeUnrefused())
			Demand(id, reply).To(beLike(first, nil))
		}
	})
}

// form is a document that says the same as another one.
type form struct{ what, document string }

// forms writes the same document in other ways. VALUE in it stands for a text.
func forms(plain, value string) []form {
	with := func(content string) string { return strings.Replace(plain, "VALUE", content, 1) }
	text, letter := escape(value), []rune(value)[0]
	rest := escape(value[len(string(letter)):])
	return []form{
		{"a start tag and an end tag for an empty element", strings.Replace(with(text), "<running/>", "<running></running>", 1)},
		{"attributes in single quotes", strings.ReplaceAll(with(text), `"`, `'`)},
		{"a decimal character reference", with(fmt.Sprintf("&#%d;", letter) + rest)},
		{"a hexadecimal character reference", with(fmt.Sprintf("&#x%x;", letter) + rest)},
		{"a CDATA section", with("<![CDATA[" + value + "]]>")},
		{"text and a CDATA section", with(escape(string(letter)) + "<![CDATA[" + value[len(string(letter)):] + "]]>")},
		{"a comment beside the text", with("<!-- who? -->" + text)},
		{"a processing instruction beside the text", with(text + "<?who me?>")},
		{"indented", strings.ReplaceAll(with(text), "><", ">\n  <")},
		{"an XML declaration in single quotes", `<?xml version='1.0' encoding='UTF-8'?>` + with(text)},
		{"an XML declaration with standalone", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + with(text)},
	}
}

// spelt sends a document as it stands.
func spelt(ctx context.Context, s *session.Session, document string) *session.Reply {
	request := netconf.Request{MessageID: "forms"}
	sent := s.SendAs(ctx, []netconf.Request{request}, wire.Append(nil, s.Framing(), []byte(document)))
	return s.Await(ctx, sent[0])
}

// escape writes text for content.
func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a strings.Builder takes everything
	return b.String()
}
