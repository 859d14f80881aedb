package hello

import (
	"context"
	"errors"
	"fmt"
	"net"
	"regexp"
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/transport/ssh"
)

func starting() {
	It("starts on a session channel with the subsystem netconf", Spec("hello/session-channel-and-subsystem"), Bare(),
		Covers("rfc6242-3-session-channel-and-subsystem"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6242-3-session-channel-and-subsystem"
			s, m := first(ctx)
			Demand(id, m).To(HaveXPath("/nc:hello"))
			if stream, ours := s.Stream().(interface{ Extended() []byte }); ours {
				Demand(id, string(stream.Extended())).NotTo(Hold("extended data with a hello", func(text string) bool { return strings.Contains(text, "hello") }))
			}
		})

	It("sends nothing ahead of its hello", Spec("hello/no-extraneous-output"), Bare(), Covers("rfc6242-3-no-extraneous-output"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6242-3-no-extraneous-output"
			_, m := first(ctx)
			Demand(id, string(m.Octets)).To(Hold("a document with root hello from its first octet on", beginsWithHello))
			Observe("ahead of the document", ahead(string(m.Octets)), "nothing", "white space", "a byte order mark")
		})

	It("is reached on port 830 of a device with default settings", Spec("hello/default-port-830"), Needs("default-ports"),
		Covers("rfc6242-3-default-port-830"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6242-3-default-port-830"
			run := FromContext(ctx)
			Demand(id, offers(ctx, run.Target.DefaultPorts.NETCONF)).To(Equal("offered"))
			Demand(id, offers(ctx, run.Target.DefaultPorts.SSH)).To(Equal("not offered"))
		})

	It("can be reached on other ports", Spec("hello/other-ports-configurable"), Covers("rfc6242-3-other-ports-configurable"),
		func(ctx ginkgo.SpecContext) {
			_, port, err := net.SplitHostPort(FromContext(ctx).Target.Address)
			Given(err).To(Succeed())
			Observe("port of the target", port)
		})

	It("hands the user name to NETCONF", Spec("hello/username-unmodified"), Covers("rfc6242-3-username-unmodified"),
		Needs("urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring"), func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			Observe("user name in netconf-state", username(ctx, s.ID()), FromContext(ctx).Target.User)
		})

	It("drops a session whose user name cannot be written in XML", Spec("hello/username-not-xml"), Needs("odd-user"),
		Covers("rfc6242-3-username-not-xml"), func(ctx ginkgo.SpecContext) {
			worksAsUsual(ctx)
			Demand("rfc6242-3-username-not-xml", greetedAs(ctx)).To(Equal("no hello"))
			worksAsUsual(ctx)
		})
}

// helloStart is what may stand before the root of a hello: a byte order mark and white space are observed, an XML
// declaration, comments and processing instructions are legal.
var helloStart = regexp.MustCompile(`^\x{FEFF}?\s*(?:<\?[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*)*<(?:[\pL_][\pL\pN._-]*:)?hello[\s/>]`)

func beginsWithHello(text string) bool { return helloStart.MatchString(text) }

func ahead(text string) string {
	switch {
	case strings.HasPrefix(text, "\uFEFF"):
		return "a byte order mark"
	case strings.TrimLeft(text, " \t\r\n") != text:
		return "white space"
	}
	return "nothing"
}

// offers tells whether the subsystem is offered at an address.
func offers(ctx context.Context, address string) string {
	conn, err := ConnectTo(ctx, address)
	if err != nil {
		return "not offered"
	}
	stream, err := conn.Open(ctx)
	if err != nil {
		return "not offered"
	}
	_ = stream.Close()
	return "offered"
}

// username reads the session's entry in netconf-state (RFC 6022 §2.1.4).
func username(ctx context.Context, id string) string {
	const monitoring = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring"
	s := Open(ctx)
	reply := s.RPC(ctx, netconf.Get(`<netconf-state xmlns="`+monitoring+`"><sessions/></netconf-state>`))
	Given(reply).To(CarryData())
	expr := fmt.Sprintf("//m:session[m:session-id=%s]/m:username", netconf.Literal(id))
	x, err := netconf.CompileXPath(expr, netconf.Namespaces{"m": monitoring})
	Given(err).To(Succeed())
	if found := x.Strings(reply.Document); len(found) > 0 {
		return found[0]
	}
	return "hidden"
}

// greetedAs tells whether a hello comes for the user whose name cannot be written in XML.
func greetedAs(ctx context.Context) string {
	conn, err := ConnectAsOddUser(ctx)
	switch {
	case isAuthentication(err):
		NoVerdict("the target did not let the user with the odd name in")
	case err != nil:
		return "no hello"
	}
	stream, err := conn.Open(ctx)
	if err != nil {
		return "no hello"
	}
	s := Adopt(stream)
	if m, err := s.Next(ctx); err == nil && m.Document != nil && m.Document.Is("hello") {
		return "hello"
	}
	return "no hello"
}

func isAuthentication(err error) bool { return errors.Is(err, ssh.ErrAuthentication) }
