package transport

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"slices"

	"github.com/onsi/ginkgo/v2"
	gossh "golang.org/x/crypto/ssh"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/transport/ssh"
)

// nobody is a user that no server has.
const nobody = "ncspec-nobody"

// bySSH is for probes that connect by SSH themselves. What TLS asks of authentication stands in the suite tls.
func bySSH() any { return Needs("transport:ssh", "!transport:call-home") }

func authentication() {
	It("lets nobody in without authentication", Spec("transport/peer-authenticated"), bySSH(), Covers("rfc6241-2.2-peer-authenticated"),
		func(ctx ginkgo.SpecContext) {
			keepOut(ctx, "rfc6241-2.2-peer-authenticated",
				ssh.Intrusion{User: FromContext(ctx).Target.User, Attempts: "no authentication at all"},
				ssh.Intrusion{User: nobody, Methods: []gossh.AuthMethod{gossh.Password("ncspec")}, Attempts: "a password for an unknown user"})
		})

	It("exchanges no data with a peer whose identity is not established", Spec("transport/authenticated-before-data"),
		bySSH(), Covers("rfc6242-6-client-authenticated-before-data"), func(ctx ginkgo.SpecContext) {
			keepOut(ctx, "rfc6242-6-client-authenticated-before-data",
				ssh.Intrusion{User: nobody, Methods: []gossh.AuthMethod{unknownKey()}, Attempts: "a key that nobody knows, for an unknown user"})
		})

	It("protects what it carries", Spec("transport/confidential"), bySSH(), Covers("rfc6241-2.2-confidential-and-integrity-protected"),
		func(ctx ginkgo.SpecContext) { protection(ctx) })

	It("makes the user name known", Spec("transport/username-available"), Covers("rfc6241-2.2-username-available"),
		Needs("urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring"), func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			const monitoring = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring"
			reply := s.RPC(ctx, netconf.Get(`<netconf-state xmlns="`+monitoring+`"><sessions/></netconf-state>`))
			Given(reply).To(CarryData())
			entry := fmt.Sprintf("/nc:rpc-reply/nc:data/m:netconf-state/m:sessions/m:session[m:session-id=%s]", netconf.Literal(s.ID()))
			ns := map[string]string{"m": monitoring}
			if visible, _ := HaveXPath(entry).In(ns).Match(reply); !visible {
				NoVerdict("the session's own entry is not shown to this user")
			}
			Demand("rfc6241-2.2-username-available", reply).To(HaveXPath(entry + "/m:username[normalize-space()]").In(ns))
		})
}

// keepOut judges that none of the attempts gets in, and that the proper login still does.
func keepOut(ctx context.Context, id string, attempts ...ssh.Intrusion) {
	s := Open(ctx)
	Given(s).To(StillAnswer(ctx))
	dialer := sshDialer(ctx)
	for _, attempt := range attempts {
		letIn, err := dialer.Intrude(ctx, attempt, 3*s.Grace())
		Given(err).To(Succeed())
		Demand(id, map[bool]string{true: "let in by ", false: "kept out at "}[letIn]+attempt.Attempts).To(Equal("kept out at " + attempt.Attempts))
	}
	Given(Open(ctx)).To(StillAnswer(ctx))
}

// sshDialer is how the target is reached, jump hosts and all.
func sshDialer(ctx context.Context) *ssh.Dialer {
	dialer, ok := FromContext(ctx).Dialer.(*ssh.Dialer)
	if !ok {
		NoVerdict("the target is not reached by SSH")
	}
	return dialer
}

func unknownKey() gossh.AuthMethod {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	Given(err).To(Succeed())
	signer, err := gossh.NewSignerFromKey(key)
	Given(err).To(Succeed())
	return gossh.PublicKeys(signer)
}

// protection judges that no session comes about without a cipher or without a MAC.
func protection(ctx context.Context) {
	const id = "rfc6241-2.2-confidential-and-integrity-protected"
	s := Open(ctx)
	Given(s).To(StillAnswer(ctx))
	for what, offer := range map[string]ssh.Offer{
		"cipher none":           {Ciphers: []string{"none"}, MACs: []string{"hmac-sha2-256", "hmac-sha1"}},
		"aes-ctr with MAC none": {Ciphers: []string{"aes128-ctr", "aes256-ctr"}, MACs: []string{"none"}},
	} {
		p, err := sshDialer(ctx).Propose(ctx, offer, 3*s.Grace())
		Given(err).To(Succeed())
		Demand(id, what+map[bool]string{true: " refused", false: " not refused"}[p.Refused]).To(Equal(what + " refused"))
		for _, list := range [][]string{p.CiphersIn, p.CiphersOut, p.MACsIn, p.MACsOut} {
			Observe("none offered by the server", fmt.Sprint(slices.Contains(list, "none")), "false")
		}
	}
	Given(Open(ctx)).To(StillAnswer(ctx))
}
