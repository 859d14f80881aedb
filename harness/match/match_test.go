package match_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/monitor"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

const base = ` xmlns="` + netconf.BaseNamespace + `"`

// reply makes the reply with that content.
func reply(content string) *session.Reply {
	m := message(`<rpc-reply` + base + ` message-id="7">` + content + `</rpc-reply>`)
	parsed, err := netconf.ParseReply(m.Document)
	if err != nil {
		panic(err) // the test's own text
	}
	return &session.Reply{Reply: parsed, Outcome: session.Answered, Message: m}
}

func message(octets string) session.Message {
	document, faults := netconf.Parse([]byte(octets))
	return session.Message{Octets: []byte(octets), Document: document, Faults: faults}
}

// rpcError is an rpc-error with error-info.
func rpcError(kind, tag, info string) string {
	return "<rpc-error><error-type>" + kind + "</error-type><error-tag>" + tag + "</error-tag><error-severity>error</error-severity>" +
		"<error-info>" + info + "</error-info></rpc-error>"
}

var (
	ok     = "<ok/>"
	data   = "<data/>"
	denied = rpcError("protocol", "lock-denied", "<session-id>4</session-id>")
	silent = &session.Reply{Outcome: session.Silent}
	ended  = &session.Reply{Outcome: session.Ended, Err: io.EOF}
	unsent = &session.Reply{Outcome: session.Unusable, Err: errors.New("not today")}
)

// judged is one value put before one matcher.
type judged struct {
	matcher types.GomegaMatcher
	value   any
	holds   bool
	shown   []string // in the failure message, or in the negated one where the matcher holds
}

func check(t *testing.T, cases []judged) {
	t.Helper()
	for i, c := range cases {
		g := NewWithT(t)
		holds, err := c.matcher.Match(c.value)
		g.Expect(err).NotTo(HaveOccurred(), "case %d", i)
		g.Expect(holds).To(Equal(c.holds), "case %d: %s", i, c.matcher.FailureMessage(c.value))
		text := c.matcher.FailureMessage(c.value)
		if holds {
			text = c.matcher.NegatedFailureMessage(c.value)
		}
		for _, part := range append(c.shown, "expected", "found") {
			g.Expect(text).To(ContainSubstring(part), "case %d", i)
		}
	}
}

func TestReplies(t *testing.T) {
	hasData := match.BeReply("a reply of that kind", func(r *session.Reply) bool { return r.Data != nil })
	check(t, []judged{
		{match.BeOK(), reply(ok), true, []string{"anything but ok", "| <rpc-reply"}},
		{match.BeOK(), reply(ok + data), false, []string{"ok and nothing else", "ok and data", "<data/>"}},
		{match.BeOK(), reply(ok + "<x xmlns='urn:x'/>"), false, []string{"<x xmlns='urn:x'/>"}},
		{match.BeOK(), reply(denied), false, []string{"rpc-error lock-denied (type protocol, severity error)", "<session-id>4<"}},
		{match.BeOK(), silent, false, []string{"no reply in time, and the session stayed open"}},
		{match.BeOK(), ended, false, []string{"the server ended the session (EOF)"}},
		{match.BeOK(), unsent, false, []string{"could not be made (not today)"}},
		{match.CarryData(), reply(data), true, nil},
		{match.CarryData(), reply(data + ok), false, []string{"neither ok nor rpc-error", "ok and data"}},
		{match.CarryData(), reply(""), false, []string{"neither ok, data nor rpc-error"}},
		{match.CarryData(), ended, false, nil},
		{match.BeCarriedOut(), reply(ok), true, nil},
		{match.BeCarriedOut(), reply(data + denied), false, []string{"lock-denied"}},
		{match.BeAnswered(), reply(""), true, nil},
		{match.BeAnswered(), silent, false, nil},
		{match.BeUnrefused(), reply(data + ok), true, nil},
		{match.BeUnrefused(), reply(data + denied), false, []string{"without rpc-error", "lock-denied"}},
		{match.BeUnrefused(), ended, false, nil},
		{hasData, reply(data), true, nil},
		{hasData, reply(ok), false, []string{"a reply of that kind", "<ok/>"}},
		{hasData, ended, false, nil},
	})
}

func TestErrors(t *testing.T) {
	missing := rpcError("rpc", "missing-attribute", "<bad-attribute>nc:message-id</bad-attribute><bad-element>rpc</bad-element>")
	check(t, []judged{
		{match.BeRPCError(), reply(denied), true, []string{"anything but an rpc-error"}},
		{match.BeRPCError(), reply(denied + ok), false, []string{"no ok", "<ok/>"}},
		{match.BeRPCError(), reply(data), false, []string{"<data/>"}},
		{match.BeRPCError(), ended, false, []string{"ended the session"}},
		{match.BeRPCError(match.LockDenied), reply(denied), true, nil},
		{match.BeRPCError(match.InUse, match.LockDenied), reply(missing + denied), true, nil},
		{match.BeRPCError(match.InUse), reply(denied), false, []string{"error-tag in-use", "rpc-error lock-denied", "<session-id>"}},
		{match.BeRPCError().OfType(match.Protocol), reply(denied), true, nil},
		{match.BeRPCError().OfType(match.RPC, match.Transport), reply(denied), false, []string{"error-type rpc or transport", "type protocol"}},
		{match.BeRPCError().OfSeverity("warning"), reply(denied), false, []string{"error-severity warning", "severity error"}},
		{match.BeRPCError().WithInfo("session-id", "4"), reply(denied), true, nil},
		{match.BeRPCError().WithInfo("session-id", "5"), reply(denied), false, []string{`error-info/session-id "5"`, ">4<"}},
		{match.BeRPCError().WithInfo("bad-attribute", "message-id").WithInfo("bad-element", "rpc"), reply(missing), true, nil},
		{match.BeRPCError().WithInfo("bad-element", "rpc").WithInfo("bad-attribute", "id"), reply(missing), false,
			[]string{`error-info/bad-attribute "id", error-info/bad-element "rpc"`}},
		{match.BeRPCError(match.LockDenied).WithInfo("bad-element", "rpc"), reply(missing + denied), false, nil},
	})
}

func TestXPath(t *testing.T) {
	one := reply(`<data><a xmlns="urn:a">1</a><a xmlns="urn:a">2</a></data>`)
	ns := map[string]string{"a": "urn:a"}
	const path = "/nc:rpc-reply/nc:data/a:a"
	check(t, []judged{
		{match.HaveXPath(path).In(ns), one, true, []string{"nothing for XPath " + path, "such a node", ">1</a>"}},
		{match.HaveXPath(path + "[3]").In(ns), one, false, []string{"XPath " + path + "[3]", "no such node", ">1</a>"}},
		{match.HaveXPath("count(" + path + ") = 3").In(ns), one, false, []string{"or false"}},
		{match.HaveXPath(path, "1").In(ns), one, true, []string{"not to equal", `["1" "2"]`}},
		{match.HaveXPath(path, "2").In(ns), one, false, []string{"to equal", `["1" "2"]`, ">2</a>"}},
		{match.HaveXPath(path, HavePrefix("1")).In(ns), one, true, nil},
		{match.HaveXPath(path+"[3]", "1").In(ns), one, false, []string{"no node", ">1</a>"}},
		{match.HaveXPath(path), silent, false, []string{path, "no reply in time"}},
		{match.HaveXPath("/a"), message("<a/>"), true, nil},
		{match.HaveXPath("/a"), message("<a"), false, []string{"no XML document", "| <a"}},
		{match.HaveXPath("/a"), message("<a/>").Document, true, nil},
		{match.HaveXPath("/a"), (*netconf.Document)(nil), false, []string{"no document"}},
	})
}

func TestEndings(t *testing.T) {
	over := &session.Ending{Ended: true, How: "eof"}
	refused := &session.Ending{Ended: true, How: "close", Replies: []*session.Reply{reply(denied)}}
	carried := &session.Ending{Ended: true, How: "eof", Replies: []*session.Reply{reply(ok)}}
	open := &session.Ending{}
	noise := &session.Ending{Messages: []session.Message{message("<hello/>")}}
	check(t, []judged{
		{match.EndSession(), over, true, []string{"the session ended (eof)"}},
		{match.EndSession(), refused, true, nil},
		{match.EndSession(), carried, false, []string{"carry nothing out", "ended (eof)", "<ok/>"}},
		{match.EndSession(), open, false, []string{"the session still open after 0 messages"}},
		{match.BeOver(), carried, true, nil},
		{match.BeOver(), noise, false, []string{"still open after 1 messages", "no rpc-reply", "| <hello/>"}},
		{match.CarryNothingOut(), open, true, nil},
		{match.CarryNothingOut(), carried, false, []string{"<ok/>"}},
		{match.SayNothing(), open, true, nil},
		{match.SayNothing(), noise, false, []string{"| <hello/>"}},
		{match.SayNothing(), over, false, []string{"ended"}},
		{match.RefuseOrEnd(), refused, true, nil},
		{match.RefuseOrEnd(), open, false, nil},
		{match.RefuseOrEnd(), carried, false, []string{"<ok/>"}},
	})
}

func TestTexts(t *testing.T) {
	long := match.Hold("a long text", func(text string) bool { return len(text) > 3 })
	check(t, []judged{
		{long, "long", true, []string{"anything but a long text", "| long"}},
		{long, "no", false, []string{"a long text", "| no"}},
		{match.BeDistinct(), []string{"1", "2"}, true, []string{`"1"`}},
		{match.BeDistinct(), []string{"1", "1"}, false, []string{`"1"`}},
	})
}

func TestFindings(t *testing.T) {
	one := []monitor.Finding{{Detail: "ok is there twice", Spec: "rpc/x", Session: "S1", Offset: 12, Octets: []byte("<ok/><ok/>")}}
	check(t, []judged{
		{match.BeNoFinding(0), []monitor.Finding(nil), true, []string{"none"}},
		{match.BeNoFinding(4), one, false, []string{"5", "ok is there twice", "rpc/x", "S1", "octet 12", "<ok/><ok/>", "and 4 more"}},
	})
}

func TestWhatAMatcherCannotJudgeIsAnError(t *testing.T) {
	for i, m := range []types.GomegaMatcher{match.BeOK(), match.CarryData(), match.BeRPCError(), match.HaveXPath("/a"), match.EndSession(),
		match.StillAnswer(context.Background()), match.BeNoFinding(0), match.Hold("", nil), match.BeDistinct()} {
		_, err := m.Match(7)
		NewWithT(t).Expect(err).To(HaveOccurred(), "matcher %d", i)
	}
	for _, nothing := range []any{(*session.Reply)(nil), (*session.Ending)(nil)} {
		_, err := match.BeOK().Match(nothing)
		NewWithT(t).Expect(err).To(HaveOccurred())
	}
	_, err := match.HaveXPath("/a[").Match(message("<a/>"))
	NewWithT(t).Expect(err).To(HaveOccurred(), "an expression that is none")
}

func TestAReplyThatCannotBeReadIsShown(t *testing.T) {
	garbled := &session.Reply{Outcome: session.Silent, Instead: []session.Message{message(`<rpc-reply a="" a=""/>`)}}
	check(t, []judged{{match.BeOK(), garbled, false, []string{"no reply in time", "duplicate-attribute at octet", `| <rpc-reply a="" a=""/>`}}})
}

func TestOctetsAreShortAndVisible(t *testing.T) {
	g := NewWithT(t)
	g.Expect(match.Octets([]byte("a\r\nb\x00\xff\u00a0é\t"))).To(Equal("  | a\\x0d\n  | b\\x00\\xff\\u00a0é\t"))
	long := match.Octets([]byte("<a>" + strings.Repeat("x", 10_000) + "</a>"))
	g.Expect(len(long)).To(BeNumerically("<", 2_000))
	g.Expect(long).To(And(ContainSubstring("<a>"), ContainSubstring("</a>"), ContainSubstring("8507 octets")))
}

// script is a stream on which these octets come, and then nothing more.
type script struct{ *strings.Reader }

func (script) Write(p []byte) (int, error) { return len(p), nil }
func (script) Close() error                { return nil }
func (script) CloseWrite() error           { return nil }
func (script) Ended() string               { return "eof" }
func (script) Gone() <-chan struct{}       { return nil }

func TestStillAnswer(t *testing.T) {
	g := NewWithT(t)
	const mark = "]]>]]>"
	s := session.New(script{strings.NewReader(`<rpc-reply` + base + ` message-id="1"><data/></rpc-reply>` + mark +
		`<rpc-reply` + base + ` message-id="2"><ok/></rpc-reply>` + mark)}, nil, session.Config{})
	m := match.StillAnswer(context.Background())
	for _, want := range []struct {
		holds bool
		shown string
	}{{true, "expected the session not to answer"}, {false, "<ok/>"}, {false, "ended the session"}} {
		holds, err := m.Match(s)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(holds).To(Equal(want.holds))
		g.Expect(m.FailureMessage(s) + m.NegatedFailureMessage(s)).To(ContainSubstring(want.shown))
	}
}
