package tls

import (
	"context"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/transport/tls"
)

func identity() {
	It("ends the connection of a client whose certificate gives no user", Spec("tls/unmapped-user-terminated"),
		Covers("rfc7589-7-unmapped-user-terminated"), Needs("tls-identities"), func(ctx ginkgo.SpecContext) {
			const id = "rfc7589-7-unmapped-user-terminated"
			worksAsUsual(ctx)
			for _, c := range proving(ctx, id) {
				for _, newest := range versions() {
					Demand(id, try(ctx, tls.Attempt{Certificate: shown(ctx, c), Newest: newest}).String()).To(Equal("refused"))
				}
			}
			worksAsUsual(ctx)
		})

	named("takes the first entry that fits", "tls/mapping-order-first-match", "rfc7589-7-mapping-order-first-match")
	named("goes on where an entry gives no name", "tls/continue-when-no-name", "rfc7589-7-continue-when-no-name")
	named("makes the host of a mail address lower case", "tls/san-rfc822-lowercase-host", "rfc7589-7-san-rfc822-lowercase-host")
	named("writes DNS names and addresses as they are to be", "tls/san-dns-ip-formats", "rfc7589-7-san-dns-ip-formats")
	named("takes the first alternative name", "tls/san-any-first-value", "rfc7589-7-san-any-first-value")
	named("hands the user name on as it is", "tls/username-unmodified", "rfc7589-7-username-unmodified")
}

// named is a spec that holds the user of each client certificate that is for a requirement against the target file.
func named(text, spec, id string) {
	It(text, Spec(spec), Covers(id), Needs("tls-identities", Monitoring), func(ctx ginkgo.SpecContext) {
		worksAsUsual(ctx)
		for _, c := range proving(ctx, id) {
			if c.User == "" {
				Broken("the target file names no user for %s", c.Certificate)
			}
			conn, err := connect(ctx, c)
			Demand(id, err).To(Succeed())
			user := userOn(ctx, conn)
			if user == "" {
				NoVerdict("the session's own entry is not shown to this user")
			}
			Demand(id, user).To(Equal(c.User))
		}
	})
}

// userOn is the user that the server lists for a session on a connection.
func userOn(ctx context.Context, conn transport.Conn) string {
	return ListedUser(ctx, greeted(ctx, conn))
}
