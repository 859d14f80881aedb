package netconf

import (
	"testing"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/onsi/gomega"
)

func TestParseHello(t *testing.T) {
	g := NewWithT(t)
	// RFC 6241 §8.1 writes the URIs with white space around them.
	h, err := ParseHello(parsed(t, `<hello xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><capabilities>
	  <capability>
	    urn:ietf:params:netconf:base:1.1
	  </capability><capability>http://example.net/?a=1&amp;b=2</capability><x xmlns="u"><capability>no</capability></x>
	  </capabilities><session-id> 4 </session-id></hello>`))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(h.Capabilities).To(HaveLen(2))
	g.Expect(h.Capabilities.Has("base:1.1")).To(BeTrue())
	g.Expect(h.Capabilities[1].Params).To(Equal(map[string][]string{"a": {"1"}, "b": {"2"}}))
	g.Expect(h.SessionID).To(Equal(uint32(4)))
	g.Expect(h.SessionIDText).To(Equal("4"))
	g.Expect(h.Document.Is("hello")).To(BeTrue())
}

func TestParseHelloReadsTheSessionID(t *testing.T) {
	for text, want := range map[string]uint32{
		"1": 1, "4294967295": 4294967295, "007": 7, "0": 0, "": 0, "4294967296": 0, "-1": 0, "+1": 0, "1.0": 0, "0x1": 0, "1 2": 0, "1_0": 0, "one": 0,
	} {
		h, err := ParseHello(parsed(t, `<hello xmlns="`+BaseNamespace+`"><session-id>`+text+`</session-id></hello>`))
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		NewWithT(t).Expect(h.SessionID).To(Equal(want), text)
		NewWithT(t).Expect(h.SessionIDText).To(Equal(text))
	}
}

func TestParseHelloRefusesOthers(t *testing.T) {
	g := NewWithT(t)
	_, err := ParseHello(parsed(t, "<hello/>"))
	g.Expect(err).To(MatchError(ContainSubstring(`the root is <hello> in the namespace ""`)))
	_, err = ParseHello(parsed(t, `<rpc-reply xmlns="`+BaseNamespace+`"/>`))
	g.Expect(err).To(MatchError(ContainSubstring("<rpc-reply>")))
	_, err = ParseHello(nil)
	g.Expect(err).To(MatchError(ContainSubstring("no document")))
	_, err = ParseReply(nil)
	g.Expect(err).To(MatchError(ContainSubstring("no document")))
}

func TestMarshalHello(t *testing.T) {
	g := NewWithT(t)
	g.Expect(string(MarshalHello(0, Base10, "http://e/?a&b<"))).To(Equal(`<hello xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><capabilities>` +
		`<capability>urn:ietf:params:netconf:base:1.0</capability><capability>http://e/?a&amp;b&lt;</capability></capabilities></hello>`))
	h, err := ParseHello(parsed(t, string(MarshalHello(4294967295, Base11))))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(h.SessionID).To(Equal(uint32(4294967295)))
	g.Expect(h.Capabilities.Has("base:1.1")).To(BeTrue())
}

func TestMarshalRequest(t *testing.T) {
	for want, r := range map[string]Request{
		`<rpc xmlns="urn:ietf:params:xml:ns:netconf:base:1.0" message-id="101"><get/></rpc>`:   {MessageID: "101", Operation: Get("")},
		`<rpc xmlns="urn:ietf:params:xml:ns:netconf:base:1.0" message-id=""><get/></rpc>`:      {Operation: Get("")},
		`<rpc xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><commit/></rpc>`:                 {MessageID: "1", NoMessageID: true, Operation: Commit()},
		`<p:rpc xmlns:p="urn:ietf:params:xml:ns:netconf:base:1.0" message-id="1"><x/></p:rpc>`: {MessageID: "1", Prefix: "p", Operation: "<x/>"},
		`<rpc message-id="1" xmlns="u" xmlns:e="v" e:a="&lt;&amp;&quot;&#9;&#10;&#13;'"></rpc>`: {
			MessageID: "1", Attributes: []Attribute{{"xmlns", "u"}, {"xmlns:e", "v"}, {"e:a", "<&\"\t\n\r'"}}},
	} {
		t.Run(want, func(t *testing.T) {
			NewWithT(t).Expect(string(r.Marshal())).To(Equal(want))
		})
	}
}

func TestOperations(t *testing.T) {
	target := `<target><candidate/></target>`
	for want, got := range map[string]string{
		`<get/>`: Get(""),
		`<get><filter type="subtree"><top xmlns="u"/></filter></get>`:                              Get(`<top xmlns="u"/>`),
		`<get-config><source><running/></source></get-config>`:                                     GetConfig(datastore.Running, ""),
		`<get-config><source><startup/></source><filter type="subtree"><a/></filter></get-config>`: GetConfig(datastore.Startup, "<a/>"),
		`<edit-config>` + target + `<config><a/></config></edit-config>`:                           EditConfig(datastore.Candidate, "<a/>"),
		`<edit-config>` + target + `<config/></edit-config>`:                                       EditConfig(datastore.Candidate, ""),
		`<copy-config>` + target + `<source><running/></source></copy-config>`:                     CopyConfig(datastore.Candidate, datastore.Running),
		`<delete-config><target><startup/></target></delete-config>`:                               DeleteConfig(datastore.Startup),
		`<lock>` + target + `</lock>`:                                                              Lock(datastore.Candidate),
		`<unlock>` + target + `</unlock>`:                                                          Unlock(datastore.Candidate),
		`<close-session/>`:                                                                         CloseSession(),
		`<kill-session><session-id>4</session-id></kill-session>`:                                  KillSession("4"),
		`<kill-session><session-id>&lt;</session-id></kill-session>`:                               KillSession("<"),
		`<commit/>`:                     Commit(),
		`<commit><confirmed/></commit>`: ConfirmedCommit(0),
		`<commit><confirmed/><confirm-timeout>120</confirm-timeout></commit>`: ConfirmedCommit(120),
		`<cancel-commit/>`:   CancelCommit(),
		`<discard-changes/>`: DiscardChanges(),
		`<validate><source><candidate/></source></validate>`:                                                       Validate(datastore.Candidate),
		`<edit-config>` + target + `<error-option>stop-on-error</error-option><config><a/></config></edit-config>`: EditConfig(datastore.Candidate, "<a/>", ErrorOption("stop-on-error")),
		`<edit-config>` + target + `<default-operation>none</default-operation><test-option>set</test-option>` +
			`<error-option>rollback-on-error</error-option><config><a/></config></edit-config>`: EditConfig(datastore.Candidate, "<a/>",
			ErrorOption("rollback-on-error"), TestOption("set"), DefaultOperation("none")),
	} {
		t.Run(want, func(t *testing.T) {
			NewWithT(t).Expect(got).To(Equal(want))
			NewWithT(t).Expect(Check(Request{Operation: got}.Marshal())).To(BeEmpty())
		})
	}
}

func TestParseReplyReadsErrors(t *testing.T) {
	g := NewWithT(t)
	r, err := ParseReply(parsed(t, `<nc:rpc-reply xmlns:nc="urn:ietf:params:xml:ns:netconf:base:1.0" message-id="101" xmlns="u">
	  <nc:rpc-error>
	    <nc:error-type> protocol
	    </nc:error-type><nc:error-tag>lock-denied</nc:error-tag><nc:error-severity>error</nc:error-severity>
	    <error-app-tag>foreign</error-app-tag><nc:error-app-tag>mine</nc:error-app-tag><nc:error-path>/a/b</nc:error-path>
	    <nc:error-message xml:lang="en"> Lock failed,
	      sorry </nc:error-message>
	    <nc:error-info><nc:session-id> 454 </nc:session-id><nc:session-id>455</nc:session-id></nc:error-info>
	  </nc:rpc-error>
	  <nc:rpc-error><nc:error-tag>bad-attribute</nc:error-tag><nc:error-info>
	    <nc:bad-attribute>message-id</nc:bad-attribute><nc:bad-element>rpc</nc:bad-element><session-id>1</session-id>
	  </nc:error-info></nc:rpc-error>
	</nc:rpc-reply>`))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(r.OK).To(BeFalse())
	g.Expect(r.Data).To(BeNil())
	g.Expect(r.MessageID).To(Equal("101"))
	g.Expect(r.HasMessageID).To(BeTrue())
	g.Expect(r.Errors).To(HaveLen(2))

	first := r.Errors[0]
	g.Expect([]string{first.Type, first.Tag, first.Severity, first.AppTag, first.Path}).To(Equal(
		[]string{"protocol", "lock-denied", "error", "mine", "/a/b"}))
	g.Expect(first.Message).To(Equal("Lock failed,\n\t      sorry"))
	g.Expect(first.MessageLang).To(Equal("en"))
	g.Expect(first.SessionID).To(Equal("454"))
	g.Expect(first.Info.Data).To(Equal("error-info"))
	g.Expect(first.Node.Data).To(Equal("rpc-error"))
	g.Expect(first.Node.Parent).To(BeIdenticalTo(r.Document.Root))

	second := r.Errors[1]
	g.Expect([]string{second.BadAttribute, second.BadElement, second.SessionID, second.Type, second.MessageLang}).To(Equal(
		[]string{"message-id", "rpc", "", "", ""}))
}

func TestParseReplyLooksAtDirectChildrenOnly(t *testing.T) {
	reply := func(attributes, content string) *Reply {
		r, err := ParseReply(parsed(t, `<rpc-reply xmlns="`+BaseNamespace+`"`+attributes+`>`+content+`</rpc-reply>`))
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		return r
	}
	g := NewWithT(t)
	g.Expect(reply("", "<ok/>").OK).To(BeTrue())
	g.Expect(reply("", "<ok xmlns='u'/>").OK).To(BeFalse())
	g.Expect(reply("", "<data><ok/><rpc-error/></data>").OK).To(BeFalse())
	g.Expect(reply("", "<data><ok/><rpc-error/></data>").Errors).To(BeEmpty())
	g.Expect(reply("", "<data xmlns='u'><data xmlns='"+BaseNamespace+"'/></data>").Data).To(BeNil())
	g.Expect(reply("", "<data>1</data><data>2</data>").Data.InnerText()).To(Equal("1"))

	both := reply("", "<ok/><rpc-error/><data/>")
	g.Expect(both.OK).To(BeTrue())
	g.Expect(both.Errors).To(HaveLen(1))
	g.Expect(both.Data).NotTo(BeNil())

	g.Expect(reply("", "").HasMessageID).To(BeFalse())
	g.Expect(reply(" message-id=''", "").HasMessageID).To(BeTrue())
	g.Expect(reply(" message-id=' &#10;1 '", "").MessageID).To(Equal(" \n1 "))
	g.Expect(reply(" xmlns:p='u' p:message-id='1'", "").HasMessageID).To(BeFalse())
	g.Expect(reply(" xmlns:message-id='u'", "").HasMessageID).To(BeFalse())

	_, err := ParseReply(parsed(t, "<rpc-reply/>"))
	g.Expect(err).To(MatchError(ContainSubstring("reading an rpc-reply")))
}
