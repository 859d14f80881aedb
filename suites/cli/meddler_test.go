package cli_test

import (
	"bytes"
	"context"
	"io"
	"testing"

	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/transport/ssh"
	"github.com/ncspec/ncspec/harness/wire"
)

// meddler stands in front of a reference server and changes what it says; octets go on in chunks of that size. It lets
// everybody in, as admin.
func meddler(t *testing.T, chunk int, change func(message []byte) []byte) string {
	t.Helper()
	server := serve(t, reference.Options{})
	dialer, err := ssh.New(ssh.Config{Address: server.Addr(), User: "admin", Auth: ssh.Auth{Password: ssh.FixedPassword("admin")},
		HostKey: ssh.Pinned(fingerprint(server))})
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return subsystem(t, func(client gossh.Channel) {
		defer client.Close()
		conn, err := dialer.Dial(context.WithoutCancel(t.Context()))
		if err != nil {
			return
		}
		defer conn.Close()
		stream, err := conn.Open(t.Context())
		if err != nil {
			return
		}
		go func() {
			_, _ = io.Copy(stream, client)
			_ = stream.CloseWrite()
		}()
		relay(client, stream, chunk, change)
	})
}

// relay passes on each message of a server, changed, in the framing that it came in.
func relay(to io.Writer, from io.Reader, chunk int, change func([]byte) []byte) {
	decoder := wire.NewDecoder(wire.EndOfMessage, wire.Limits{})
	var message []byte
	greeted := false
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		for rest := buffer[:n]; len(rest) > 0; {
			if greeted && !decoder.InMessage() && decoder.Framing() == wire.EndOfMessage && bytes.HasPrefix(rest, []byte("\n#")) {
				decoder.Switch(wire.Chunked)
			}
			used, event := decoder.Decode(rest)
			rest = rest[used:]
			switch event.Kind {
			case wire.Data:
				message = append(message, event.Data...)
			case wire.End:
				if _, err := to.Write(wire.Append(nil, decoder.Framing(), change(message), chunk)); err != nil {
					return
				}
				message, greeted = nil, true
			}
		}
		if err != nil {
			return
		}
	}
}
