package monitor_test

import (
	"context"
	"sort"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/monitor"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

const (
	base    = ` xmlns="` + netconf.BaseNamespace + `"`
	foreign = ` xmlns="urn:example:other"`
)

// message makes a message of octets that answers nothing.
func message(octets string) session.Message {
	document, faults := netconf.Parse([]byte(octets))
	return session.Message{Octets: []byte(octets), Document: document, Faults: faults}
}

// rpcError makes a message with one rpc-error in it; what is not given is as it should be.
func rpcError(children string) session.Message {
	return answer("<get/>", "<rpc-error>"+children+"</rpc-error>")
}

// The beginning of every rpc-error that is as it should be, and with error-info for it.
const (
	start = `<error-type>protocol</error-type><error-tag>operation-failed</error-tag><error-severity>error</error-severity>`
	bad   = `<error-type>protocol</error-type><error-tag>bad-element</error-tag><error-severity>error</error-severity>`
	held  = `<error-type>protocol</error-type><error-tag>lock-denied</error-tag><error-severity>error</error-severity>`
)

func path(text string) session.Message {
	return rpcError(start + `<error-path xmlns:p="urn:example:p">` + text + `</error-path>`)
}

func info(head, children string) session.Message {
	return rpcError(head + "<error-info>" + children + "</error-info>")
}

// seenBy gives a collector that has seen the messages on one session.
func seenBy(messages ...session.Message) *monitor.Collector {
	c := monitor.New(func() string { return "suite/spec" })
	s := session.New(silent{}, nil, session.Config{Witness: c, Name: "S1"})
	for _, m := range messages {
		c.Received(s, m)
	}
	return c
}

// broken gives the requirements of the rpc suite that a message breaks.
func broken(m session.Message) []string {
	all := []string{}
	c := seenBy(m)
	for _, id := range []string{"3-output-well-formed", "3-output-utf8", "3.1-output-namespace", "3.2-no-doctype-sent",
		"4.2-reply-has-children", "4.3-error-type-present-valid", "4.3-error-tag-present-valid",
		"4.3-error-severity-present-valid", "4.3-error-path-absolute", "4.3-error-path-namespace-context",
		"4.3-error-message-lang", "4.3-error-message-human", "4.3-error-info-mandatory-first",
		"4.3-optional-children-not-empty", "4.3-message-id-omitted-only-then", "B-error-child-order", "B-reply-ok-exclusive",
		"B-error-info-structure", "B-bad-element-qname"} {
		if findings, _ := c.Findings("rfc6241-" + id); len(findings) > 0 {
			all = append(all, id)
		}
	}
	sort.Strings(all)
	return all
}

func TestFindings(t *testing.T) {
	for name, c := range map[string]struct {
		message session.Message
		broken  []string
	}{
		"not well-formed":         {message(`<rpc-reply` + base + `><ok></rpc-reply>`), []string{"3-output-well-formed"}},
		"two roots":               {message(`<a/><b/>`), []string{"3-output-well-formed"}},
		"an attribute twice":      {message(`<a b="" b=""/>`), []string{"3-output-well-formed"}},
		"no UTF-8":                {message("<a>\xff</a>"), []string{"3-output-utf8"}},
		"another encoding":        {message(`<?xml version="1.0" encoding="ISO-8859-1"?><a/>`), []string{"3-output-utf8"}},
		"document type":           {message(`<!DOCTYPE a><a/>`), []string{"3.2-no-doctype-sent"}},
		"hello elsewhere":         {message(`<hello/>`), []string{"3.1-output-namespace"}},
		"capability elsewhere":    {message(`<hello` + base + `><capabilities><capability xmlns=""/></capabilities></hello>`), []string{"3.1-output-namespace"}},
		"ok elsewhere":            {answer("<commit/>", `<ok`+foreign+`/>`), []string{"3.1-output-namespace"}},
		"data elsewhere":          {answer("<get/>", `<data`+foreign+`/>`), []string{"3.1-output-namespace"}},
		"rpc-error elsewhere":     {answer("<x xmlns='urn:x'/>", `<rpc-error`+foreign+`/>`), []string{"3.1-output-namespace"}},
		"error-tag elsewhere":     {rpcError(`<error-type>rpc</error-type><error-tag` + foreign + `>in-use</error-tag><error-severity>error</error-severity>`), []string{"3.1-output-namespace"}},
		"session-id elsewhere":    {info(held, `<session-id`+foreign+`>1</session-id>`), []string{"3.1-output-namespace"}},
		"nothing in the reply":    {answer("<get/>", ` `), []string{"4.2-reply-has-children"}},
		"no error-type":           {rpcError(`<error-tag>in-use</error-tag><error-severity>error</error-severity>`), []string{"4.3-error-type-present-valid"}},
		"blanks in error-type":    {rpcError(`<error-type> rpc </error-type><error-tag>in-use</error-tag><error-severity>error</error-severity>`), []string{"4.3-error-type-present-valid"}},
		"an own error-tag":        {rpcError(`<error-type>rpc</error-type><error-tag>own</error-tag><error-severity>error</error-severity>`), []string{"4.3-error-tag-present-valid"}},
		"an own warning":          {rpcError(`<error-type>rpc</error-type><error-tag>own</error-tag><error-severity>warning</error-severity>`), []string{"4.3-error-tag-present-valid"}},
		"two error-tags":          {rpcError(`<error-type>rpc</error-type><error-tag>in-use</error-tag><error-tag>in-use</error-tag><error-severity>error</error-severity>`), []string{"4.3-error-tag-present-valid", "B-error-child-order"}},
		"warning":                 {rpcError(`<error-type>rpc</error-type><error-tag>in-use</error-tag><error-severity>warning</error-severity>`), []string{"4.3-error-severity-present-valid"}},
		"relative path":           {path("p:a/p:b"), []string{"4.3-error-path-absolute"}},
		"empty path":              {path(" "), []string{"4.3-error-path-absolute"}},
		"no expression":           {path("/p:a[1"), []string{"4.3-error-path-absolute"}},
		"prefix undeclared":       {path("/p:a/q:b"), []string{"4.3-error-path-namespace-context"}},
		"variable":                {path("/p:a[$b]"), []string{"4.3-error-path-namespace-context"}},
		"extension function":      {path("/p:a[current()]"), []string{"4.3-error-path-namespace-context"}},
		"no language":             {rpcError(start + `<error-message>No.</error-message>`), []string{"4.3-error-message-lang"}},
		"odd language":            {rpcError(start + `<error-message xml:lang="">No.</error-message>`), []string{"4.3-error-message-lang"}},
		"empty message":           {rpcError(start + `<error-message xml:lang="en"> </error-message>`), []string{"4.3-error-message-human"}},
		"message of elements":     {rpcError(start + `<error-message xml:lang="en"><p>No.</p></error-message>`), []string{"4.3-error-message-human"}},
		"mandated behind foreign": {info(bad, `<x`+foreign+`/><bad-element>a</bad-element>`), []string{"4.3-error-info-mandatory-first", "B-error-info-structure"}},
		"other behind foreign":    {info(bad, `<x`+foreign+`/><bad-attribute>a</bad-attribute>`), []string{"B-error-info-structure"}},
		"unknown in error-info":   {info(bad, `<bad-element>a</bad-element><reason/>`), []string{"B-error-info-structure"}},
		"session-id and another":  {info(held, `<session-id>1</session-id><bad-element>a</bad-element>`), []string{"B-error-info-structure"}},
		"two session-ids":         {info(held, `<session-id>1</session-id><session-id>2</session-id>`), []string{"B-error-info-structure"}},
		"empty error-info":        {info(start, ``), []string{"4.3-optional-children-not-empty"}},
		"empty error-app-tag":     {rpcError(start + `<error-app-tag/>`), []string{"4.3-optional-children-not-empty"}},
		"message ahead of path":   {rpcError(start + `<error-message xml:lang="en">No.</error-message><error-path>/</error-path>`), []string{"B-error-child-order"}},
		"unknown in rpc-error":    {rpcError(start + `<reason/>`), []string{"B-error-child-order"}},
		"ok beside data":          {answer("<get/>", `<data/><ok/>`), []string{"B-reply-ok-exclusive"}},
		"ok beside rpc-error":     {answer("<get/>", `<rpc-error>`+start+`</rpc-error><ok/>`), []string{"B-reply-ok-exclusive"}},
		"ok twice":                {answer("<lock/>", `<ok/><ok/>`), []string{"B-reply-ok-exclusive"}},
		"rpc-error behind data":   {answer("<get/>", `<data/><rpc-error>`+start+`</rpc-error>`), []string{"B-reply-ok-exclusive"}},
		"bad-element of blanks":   {info(bad, `<bad-element>a b</bad-element>`), []string{"B-bad-element-qname"}},
		"bad-element unbound":     {info(bad, `<bad-element>q:a</bad-element>`), []string{"B-bad-element-qname"}},
		"empty bad-attribute":     {info(bad, `<bad-element>a</bad-element><bad-attribute/>`), []string{"B-bad-element-qname"}},
	} {
		NewWithT(t).Expect(broken(c.message)).To(Equal(c.broken), name)
	}
}

func TestWhatIsLegalIsNoFinding(t *testing.T) {
	for name, m := range map[string]session.Message{
		"hello":                     message(`<hello` + base + `><capabilities><capability>urn:a</capability></capabilities><session-id>1</session-id></hello>`),
		"declared in small letters": message(`<?xml version="1.0" encoding="utf-8"?><a/>`),
		"byte order mark":           message("\xef\xbb\xbf<a/>"),
		"notification":              message(`<notification xmlns="urn:ietf:params:xml:ns:netconf:notification:1.0"/>`),
		"document type in a text":   message(`<a><![CDATA[<!DOCTYPE a>]]><!-- <!DOCTYPE a> --></a>`),
		"ok":                        answer("<commit/>", `<ok/>`),
		"ok of another module":      answer("<x xmlns='urn:x'/>", `<ok`+foreign+`/>`),
		"data of get-schema":        answer("<get-schema xmlns='urn:x'/>", `<data xmlns='urn:x'/>`),
		"all an rpc-error may have": rpcError(bad + `<error-app-tag>x</error-app-tag><error-path xmlns:p="urn:p">/p:a[p:b='c:d']</error-path>` +
			`<error-message xml:lang="de-AT">Nein.</error-message><error-info xmlns:q="urn:q"><bad-element>q:a</bad-element><x` + foreign + `/></error-info>`),
		"rpc-errors and data":        answer("<get/>", `<rpc-error>`+start+`</rpc-error><data/>`),
		"foreign child of rpc-error": rpcError(start + `<x` + foreign + `/>`),
		"prefix xml":                 path("/p:a[@xml:lang]"),
		"names without prefix":       info(bad, `<bad-element>a</bad-element><bad-element>b</bad-element>`),
		"foreign first, unmandated":  info(start, `<x`+foreign+`/>`),
	} {
		NewWithT(t).Expect(broken(m)).To(BeEmpty(), name)
	}
}

func TestMessageIDs(t *testing.T) {
	g := NewWithT(t)
	lacking := message(`<rpc-reply` + base + `><ok/></rpc-reply>`)
	lacking.Request = &session.Sent{MessageID: "7", Request: netconf.Request{MessageID: "7", Operation: "<get/>"}}
	g.Expect(broken(lacking)).To(Equal([]string{"4.3-message-id-omitted-only-then"}))

	lacking.Request = &session.Sent{Request: netconf.Request{NoMessageID: true, Operation: "<get/>"}}
	g.Expect(broken(lacking)).To(BeEmpty())

	lacking.Request = &session.Sent{MessageID: "7", Raw: true}
	g.Expect(broken(lacking)).To(BeEmpty())

	lacking.Request = nil
	g.Expect(broken(lacking)).To(BeEmpty())
	g.Expect(seenBy(lacking).Seen(monitor.Answers)).To(BeZero())

	given := answer("<get/>", "<ok/>")
	given.Request.Request = netconf.Request{NoMessageID: true}
	g.Expect(seenBy(given).Seen(monitor.InventedIDs)).To(Equal(1))
}

func TestSilenceBehindADeviation(t *testing.T) {
	g := NewWithT(t)
	deviated := rpcError("")
	deviated.Deviated = true
	doubtful := message("<a")
	doubtful.Doubtful = true
	for _, m := range []session.Message{deviated, doubtful} {
		g.Expect(broken(m)).To(BeEmpty())
		g.Expect(seenBy(m).Seen(monitor.Messages)).To(BeZero())
		g.Expect(seenBy(m).Seen(monitor.Errors)).To(BeZero())
		g.Expect(seenBy(m).Seen(monitor.EndOfMessage)).To(Equal(1), "framing is judged on all of them")
	}
}

func TestWhatIsOnlyCounted(t *testing.T) {
	asked := func(m session.Message) session.Message {
		m.Request.Request.Operation = `<edit-config><config><a xmlns="urn:example:p"/></config></edit-config>`
		return m
	}
	c := seenBy(
		asked(path("/p:a")), asked(rpcError(start+`<error-path xmlns:nc="`+netconf.BaseNamespace+`" xmlns:p="urn:example:p">/nc:rpc/nc:edit-config/nc:config/p:a</error-path>`)),
		asked(path("/a")), answer("<get/>", `<data><a/><b`+foreign+`/></data>`), info(bad, `<bad-element>a</bad-element>`),
		rpcError(`<error-type>rpc</error-type><error-tag>lock-denied</error-tag><error-severity>error</error-severity>`))
	g := NewWithT(t)
	for kind, want := range map[monitor.Kind]int{monitor.Messages: 6, monitor.Replies: 6, monitor.Answers: 6, monitor.Errors: 5,
		monitor.ErrorPaths: 3, monitor.PathsToNodes: 1, monitor.PathsElse: 2, monitor.OwnPrefixes: 2, monitor.BarePaths: 1,
		monitor.DataInBase: 1, monitor.ErrorInfos: 1, monitor.MandatedInfos: 1, monitor.BadNames: 1, monitor.BareNames: 1,
		monitor.UnsuitedTypes: 1, monitor.Hellos: 0} {
		g.Expect(c.Seen(kind)).To(Equal(want), string(kind))
	}
}

func TestFindingsSayWhereAndAreBounded(t *testing.T) {
	g := NewWithT(t)
	empty := answer("<get/>", "")
	empty.Offset = 77
	var many []session.Message
	for range 25 {
		many = append(many, empty)
	}
	findings, more := seenBy(many...).Findings("rfc6241-4.2-reply-has-children")
	g.Expect(findings).To(HaveLen(20))
	g.Expect(more).To(Equal(5))
	g.Expect(findings[0].String()).To(And(ContainSubstring("no child element"), ContainSubstring("suite/spec"),
		ContainSubstring("S1"), ContainSubstring("octet 77"), ContainSubstring("rpc-reply")))

	long := message("<a>" + string(make([]byte, 5000)) + "</a>")
	findings, _ = seenBy(long).Findings("rfc6241-3-output-well-formed")
	g.Expect(len(findings[0].Octets)).To(BeNumerically("<=", 1000))
}

// helloOf makes a hello that came at a moment.
func helloOf(id string, at time.Time) session.Message {
	m := message(`<hello` + base + `><capabilities/><session-id>` + id + `</session-id></hello>`)
	m.At = at
	return m
}

func TestSessionIDs(t *testing.T) {
	const id = "rfc6241-8.1-session-id-identifies-session"
	g := NewWithT(t)
	c := monitor.New(func() string { return "" })
	now := time.Now()
	after := func(seconds int) time.Time { return now.Add(time.Duration(seconds) * time.Second) }
	heard := func(at int) session.Message {
		m := answer("<get/>", "<data/>")
		m.At = after(at)
		return m
	}
	first, second, third := session.New(silent{}, nil, session.Config{Witness: c}), session.New(silent{}, nil, session.Config{Witness: c}),
		session.New(silent{}, nil, session.Config{Witness: c})
	c.Received(first, helloOf("1", after(0)))
	c.Received(second, helloOf("1", after(2)))
	c.Received(first, heard(1))
	findings, _ := c.Findings(id)
	g.Expect(findings).To(BeEmpty(), "the first may have ended before the second began")

	c.Received(first, heard(3))
	findings, _ = c.Findings(id)
	g.Expect(findings).To(HaveLen(1))
	g.Expect(c.Seen(monitor.Together)).To(Equal(1))

	c.Ended(first, "eof")
	c.Received(third, helloOf("1", after(4)))
	c.Received(first, heard(5))
	c.Received(second, heard(5))
	findings, _ = c.Findings(id)
	g.Expect(findings).To(HaveLen(2), "the second and the third, but no more the first")
}

func TestFramingFindings(t *testing.T) {
	const grammar, zeros = "rfc6242-4.2-output-grammar", "rfc6242-4.2-output-no-leading-zeros"
	for rule, want := range map[wire.Rule][2]int{wire.LeadingZero: {1, 1}, wire.OctetsBetweenChunks: {1, 0},
		wire.MessageTooLong: {0, 0}, wire.Truncated: {1, 0}} {
		c := monitor.New(func() string { return "" })
		c.Violated(session.New(silent{}, nil, session.Config{}), wire.Violation{Rule: rule})
		inGrammar, _ := c.Findings(grammar)
		inZeros, _ := c.Findings(zeros)
		NewWithT(t).Expect([2]int{len(inGrammar), len(inZeros)}).To(Equal(want), string(rule))
	}
}

func TestASessionThatWeBrokeMayEndInsideAMessage(t *testing.T) {
	g := NewWithT(t)
	c := monitor.New(func() string { return "" })
	s := session.New(silent{}, nil, session.Config{})
	g.Expect(s.Break(context.Background(), []byte("\n#0\n"))).To(Succeed())
	c.Violated(s, wire.Violation{Rule: wire.Truncated})
	findings, _ := c.Findings("rfc6242-4.2-output-grammar")
	g.Expect(findings).To(BeEmpty())
}
