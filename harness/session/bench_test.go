package session_test

import (
	"context"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/transport/ssh"
	"github.com/ncspec/ncspec/harness/wire"
)

func dialer(b *testing.B, o reference.Options) *ssh.Dialer {
	b.Helper()
	server, err := reference.Start(context.Background(), o)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = server.Close() })
	d, err := ssh.New(ssh.Config{Address: server.Addr(), User: "admin", Auth: ssh.Auth{Password: ssh.FixedPassword("admin")},
		HostKey: ssh.Pinned(gossh.FingerprintSHA256(server.HostKey()))})
	if err != nil {
		b.Fatal(err)
	}
	return d
}

// BenchmarkDocumentedSequence plays the documented session sequence, each time on a connection of its own.
func BenchmarkDocumentedSequence(b *testing.B) {
	d := dialer(b, reference.Options{})
	create := netconf.EditConfig(datastore.Candidate, `<system xmlns="http://ncspec.example/ns/reference"><contact>bench</contact></system>`)
	ctx := context.Background()
	for b.Loop() {
		conn, err := d.Dial(ctx)
		if err != nil {
			b.Fatal(err)
		}
		stream, err := conn.Open(ctx)
		if err != nil {
			b.Fatal(err)
		}
		s := session.New(stream, conn, session.Config{Grace: 10 * time.Second})
		if err := s.Exchange(ctx); err != nil {
			b.Fatal(err)
		}
		for _, operation := range []string{`<get-inventory xmlns="http://ncspec.example/ns/reference"/>`, netconf.Lock(datastore.Candidate),
			create, netconf.Commit(), netconf.Unlock(datastore.Candidate), netconf.CloseSession()} {
			if reply := s.RPC(ctx, operation); reply.Outcome != session.Answered || len(reply.Errors) > 0 {
				b.Fatalf("%s: %v", operation, reply.Outcome)
			}
		}
		if !s.AwaitEnd(ctx).Ended {
			b.Fatal("the session is still open")
		}
		_ = s.Close()
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "sequences/s")
}

// BenchmarkLargeReply streams a reply of 16 MiB through SSH and the decoder, without holding it.
func BenchmarkLargeReply(b *testing.B) {
	const size = 16 << 20
	for _, version := range session.Versions() {
		b.Run(version[len(version)-3:], func(b *testing.B) {
			ctx := context.Background()
			conn, err := dialer(b, reference.Options{BigData: size}).Dial(ctx)
			if err != nil {
				b.Fatal(err)
			}
			defer func() { _ = conn.Close() }()
			stream, err := conn.Open(ctx)
			if err != nil {
				b.Fatal(err)
			}
			framing := wire.EndOfMessage
			if version == netconf.Base11 {
				framing = wire.Chunked
			}
			r := &reader{decoder: wire.NewDecoder(wire.EndOfMessage, wire.Limits{}), buffer: make([]byte, 256<<10), read: stream.Read}
			send(b, stream.Write, wire.Append(nil, wire.EndOfMessage, netconf.MarshalHello(0, version)))
			r.message(b)
			r.decoder.Switch(framing)
			request := wire.Append(nil, framing, netconf.Request{MessageID: "1", Operation: netconf.Get("")}.Marshal())
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				send(b, stream.Write, request)
				if got := r.message(b); got < size {
					b.Fatalf("the reply has %d octets", got)
				}
			}
		})
	}
}

func send(b *testing.B, write func([]byte) (int, error), octets []byte) {
	b.Helper()
	if _, err := write(octets); err != nil {
		b.Fatal(err)
	}
}

// reader counts the octets of messages as they pass.
type reader struct {
	decoder *wire.Decoder
	buffer  []byte
	rest    []byte
	read    func([]byte) (int, error)
}

func (r *reader) message(b *testing.B) int {
	b.Helper()
	octets := 0
	for {
		for len(r.rest) > 0 {
			n, event := r.decoder.Decode(r.rest)
			r.rest = r.rest[n:]
			switch event.Kind {
			case wire.Data:
				octets += len(event.Data)
			case wire.End:
				return octets
			case wire.Violated:
				b.Fatal(event.Violation)
			}
		}
		n, err := r.read(r.buffer)
		if err != nil {
			b.Fatal(err)
		}
		r.rest = r.buffer[:n]
	}
}
