package dsl

import (
	"context"
	"fmt"
	"net"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// Raw gives a TCP connection to the target as it is, without a word of SSH or TLS; where the target calls home it is the
// next call. It is closed when the spec is over. Failing is an error of the spec.
func Raw(ctx context.Context) net.Conn {
	way, able := current().run.Dialer.(interface {
		Raw(context.Context) (net.Conn, error)
	})
	if !able {
		fail("the transport of this target has no TCP connection", 1)
	}
	conn, err := way.Raw(ctx)
	if err != nil {
		fail(fmt.Sprintf("connecting: %v", err), 1)
	}
	ginkgo.DeferCleanup(func() { _ = conn.Close() })
	return conn
}

// Monitoring is the capability and the namespace of ietf-netconf-monitoring (RFC 6022).
const Monitoring = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring"

// ListedUser reads the username of a session's own entry in netconf-state (RFC 6022 §2.1.4), "" where it is not shown.
func ListedUser(ctx context.Context, s *session.Session) string {
	reply := s.RPC(ctx, netconf.Get(`<netconf-state xmlns="`+Monitoring+`"><sessions/></netconf-state>`))
	if !reply.Normal() {
		fail("reading netconf-state: the server gives no data", 1)
	}
	x, err := netconf.CompileXPath(fmt.Sprintf("//m:session[m:session-id=%s]/m:username", netconf.Literal(s.ID())), netconf.Namespaces{"m": Monitoring})
	if err != nil {
		fail(fmt.Sprintf("reading netconf-state: %v", err), 1)
	}
	if found := x.Strings(reply.Document); len(found) > 0 {
		return found[0]
	}
	return ""
}
