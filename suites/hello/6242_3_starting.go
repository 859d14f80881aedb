package hello

import (
	"context"
	"errors"
	"net"
	"regexp"
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/transport/ssh"
)

func starting() {
	It("starts on a session channel with the subsystem netconf", Spec("hello/session-channel-and-subsystem"), Bare(),
		Covers("rfc6242-3-session-channel-and-subsystem"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6242-3-session-channel-and-subsystem"
			s, m := first(ctx)
			beside := extended(s)
			Given(string(m.Octets) + beside).To(Hold("a hello, wherever it is", helloTag.MatchString))
			Demand(id, string(m.Octets)).To(Hold("a hello as channel data", helloTag.MatchString))
			Demand(id, beside).NotTo(Hold("a hello as extended data", helloTag.MatchString))
		})

	It("sends nothing ahead of its hello", Spec("hello/no-extraneous-output"), Bare(), Covers("rfc6242-3-no-extraneous-output"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6242-3-no-extraneous-output"
			_, m := first(ctx)
			Given(string(m.Octets)).To(Hold("a hello, whatever stands ahead of it", helloTag.MatchString))
			Demand(id, string(m.Octets)).To(Hold("a document with root hello from its first octet on", beginsWithHello))
			Observe("ahead of the document", ahead(string(m.Octets)), "nothing", "white space", "a byte order mark")
		})

	It("is reached on port 830 of a device with default settings", Spec("hello/default-port-830"), Needs("default-ports"),
		Covers("rfc6242-3-default-port-830"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6242-3-default-port-830"
			theirHello(ctx) // where the run has reached the target there is NETCONF to be had
			run := FromContext(ctx)
			Demand(id, offered(ctx, run.Target.DefaultPorts.NETCONF)).To(Equal(greeted))
			Demand(id, offered(ctx, run.Target.DefaultPorts.SSH)).To(Equal(refusedThere))
		})

	It("can be reached on other ports", Spec("hello/other-ports-configurable"), Covers("rfc6242-3-other-ports-configurable"),
		func(ctx ginkgo.SpecContext) {
			theirHello(ctx)
			_, port, err := net.SplitHostPort(FromContext(ctx).Target.Address)
			Given(err).To(Succeed())
			Observe("port of the target", port)
		})

	It("hands the user name to NETCONF", Spec("hello/username-unmodified"), Covers("rfc6242-3-username-unmodified"),
		Needs("urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring"), func(ctx ginkgo.SpecContext) {
			run := FromContext(ctx)
			Observe("user name in netconf-state", username(ctx, Open(ctx)), run.Target.User)
			if second := run.Target.SecondUser; second != nil && run.Second != nil {
				Observe("second user's name in netconf-state", username(ctx, Open(ctx, AsSecondUser())), second.User)
			}
		})

	It("drops a session whose user name cannot be written in XML", Spec("hello/username-not-xml"), Needs("odd-user"),
		Covers("rfc6242-3-username-not-xml"), func(ctx ginkgo.SpecContext) {
			worksAsUsual(ctx)
			Demand("rfc6242-3-username-not-xml", asOddUser(ctx)).To(Equal(dropped))
			worksAsUsual(ctx)
		})
}

// helloTag is the start tag of a hello, somewhere.
var helloTag = regexp.MustCompile(`<(?:[\pL_][\pL\pN._-]*:)?hello[\s/>]`)

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

// extended is what came as extended data, "" where the transport knows no such thing.
func extended(s *session.Session) string {
	if stream, able := s.Stream().(interface{ Extended() []byte }); able {
		return string(stream.Extended())
	}
	return ""
}

// What may become of an attempt to start NETCONF.
const (
	refusedThere = "no SSH, or the login or the subsystem refused"
	greeted      = "a hello"
	dropped      = "dropped without a hello"
	leftOpen     = "no hello, and left open"
)

// offered tells what becomes of NETCONF at an address.
func offered(ctx context.Context, address string) string {
	conn, err := ConnectTo(ctx, address)
	if err != nil {
		return refusedThere
	}
	stream, err := conn.Open(ctx)
	if err != nil {
		return refusedThere
	}
	return outcome(ctx, stream)
}

func outcome(ctx context.Context, stream transport.Stream) string {
	s := Adopt(stream)
	m, err := s.Next(ctx)
	switch {
	case ctx.Err() != nil:
		Broken("waiting for a hello: %v", err)
	case err == nil && isHello(m):
		return greeted
	case s.HasEnded():
		return dropped
	}
	return leftOpen
}

// asOddUser tells what becomes of NETCONF for the user whose name cannot be written in XML.
func asOddUser(ctx context.Context) string {
	conn, err := ConnectAsOddUser(ctx)
	switch {
	case errors.Is(err, ssh.ErrAuthentication):
		NoVerdict("the target did not let the user with the odd name in")
	case errors.Is(err, ssh.ErrUnreachable), err != nil && ctx.Err() != nil:
		Broken("connecting as the user with the odd name: %v", err)
	case err != nil:
		return dropped
	}
	stream, err := conn.Open(ctx)
	if err != nil {
		return dropped
	}
	return outcome(ctx, stream)
}

// username reads a session's own entry in netconf-state (RFC 6022 §2.1.4).
func username(ctx context.Context, s *session.Session) string {
	if listed := ListedUser(ctx, s); listed != "" {
		return listed
	}
	return "hidden"
}
