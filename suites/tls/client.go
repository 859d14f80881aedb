package tls

import (
	"context"
	gotls "crypto/tls"
	"regexp"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/transport/tls"
)

// helloTag is the start tag of a hello, somewhere.
var helloTag = regexp.MustCompile(`<(?:[\pL_][\pL\pN._-]*:)?hello[\s/>]`)

// settings is how the target is reached, with another client certificate where one is given.
func settings(ctx context.Context, certificate, key string) tls.Config {
	t := FromContext(ctx).Target
	if certificate == "" {
		certificate, key = t.TLS.Certificate, t.TLS.Key
	}
	config, err := tls.Load(t.Address, tls.Files{Certificate: certificate, Key: key, CA: t.TLS.CA, Name: t.TLS.Name, Fingerprint: t.TLS.Fingerprint})
	Given(err).To(Succeed())
	return config
}

// own is the client certificate that the target is to accept.
func own(ctx context.Context) *gotls.Certificate {
	c := settings(ctx, "", "").Certificate
	if c == nil {
		NoVerdict("no client certificate is known that the target accepts: give --tls-cert")
	}
	return c
}

// shown loads a client certificate of the target file.
func shown(ctx context.Context, c target.Certified) *gotls.Certificate {
	return settings(ctx, c.Certificate, c.Key).Certificate
}

// try makes an attempt on a connection of its own, for three times the grace.
func try(ctx context.Context, a tls.Attempt) tls.Outcome {
	a.Name = FromContext(ctx).Target.TLS.Name
	return a.Try(ctx, Raw(ctx), 3*FromContext(ctx).Grace())
}

// worksAsUsual shows that the target lets the proper client in.
func worksAsUsual(ctx context.Context) { Given(Open(ctx, Fresh())).To(StillAnswer(ctx)) }

// proving are the client certificates that the target was set up for to show a requirement; without any there is no verdict.
func proving(ctx context.Context, id string) []target.Certified {
	var all []target.Certified
	for _, one := range FromContext(ctx).Target.TLS.Identities {
		if one.Proves == id {
			all = append(all, one)
		}
	}
	if len(all) == 0 {
		NoVerdict("no client certificate is known that the target was set up for to show this: a target file can name one")
	}
	return all
}

// connect connects with a client certificate of the target file.
func connect(ctx context.Context, c target.Certified) (transport.Conn, error) {
	client, err := tls.New(settings(ctx, c.Certificate, c.Key))
	Given(err).To(Succeed())
	return client.Over(ctx, Raw(ctx))
}

// greeted opens a session on a connection and exchanges hellos.
func greeted(ctx context.Context, conn transport.Conn) *session.Session {
	return Open(ctx, On(conn))
}
