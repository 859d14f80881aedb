package callhome

import (
	"context"
	"net"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/transport/callhome"
)

func server() {
	It("calls at the default port", Spec("callhome/iana-ports"), Covers("rfc8071-4.1-s1-iana-ports"), Needs("default-ports:call-home"),
		func(ctx ginkgo.SpecContext) {
			Demand("rfc8071-4.1-s1-iana-ports", usualCall(ctx)).To(Succeed())
		})

	It("begins with SSH or TLS as it is set up to", Spec("callhome/protocol-by-port"), Covers("rfc8071-4.1-s3-protocol-by-port"),
		func(ctx ginkgo.SpecContext) {
			begins := beginsSSH
			if FromContext(ctx).Target.Carried("tls") {
				begins = beginsTLS
			}
			for range 2 {
				begins(ctx)
			}
		})

	It("shows all certificates up to the authority", Spec("callhome/intermediate-certificates"), Covers("rfc8071-4.1-s4-intermediate-certificates"),
		func(ctx ginkgo.SpecContext) { wholeChain(ctx) })

	It("gives up on a client that does not authenticate", Spec("callhome/auth-timeout-close"), Covers("rfc8071-4.1-s5-auth-timeout-close"),
		func(ctx ginkgo.SpecContext) { loginLimit(ctx) })

	It("starts NETCONF on a connection that it makes", Spec("callhome/netconf-server-starts"), Bare(), Covers("rfc8071-4.1-s6-netconf-server-starts"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc8071-4.1-s6-netconf-server-starts"
			s := Open(ctx, Mute())
			Given(s.SendHello(ctx)).To(Succeed())
			_, err := s.ReceiveHello(ctx)
			Demand(id, err).To(Succeed())
			Demand(id, s.Agree()).To(Succeed())
			Demand(id, s.Ping(ctx)).To(CarryData())
		})

	It("tests whether a connection is alive", Spec("callhome/keepalive"), Covers("rfc8071-4.1-s7-keepalive"),
		func(ctx ginkgo.SpecContext) { keepAlive(ctx) })
}

// usualCall waits for a call at the default port. Where the run itself waits there, it has come already.
func usualCall(ctx context.Context) error {
	t := FromContext(ctx).Target
	if t.DefaultPorts.CallHome == t.Address {
		return nil
	}
	listening := callhome.New(t.DefaultPorts.CallHome, t.CallLimit)
	defer listening.Close()
	conn, err := listening.Raw(ctx)
	if err != nil {
		return err
	}
	return conn.Close()
}

// mostStale bounds the calls that may have ended while they waited.
const mostStale = 5

// fresh takes calls until take says that one was no stale one.
func fresh(ctx context.Context, take func(net.Conn) bool) {
	for range mostStale {
		if take(Raw(ctx)) {
			return
		}
	}
	NoVerdict("the calls that came had ended before they were answered")
}
