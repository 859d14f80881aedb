package tls

import (
	gotls "crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/pki"
	"github.com/ncspec/ncspec/harness/transport"
)

// server is a TLS server that does with each connection what handle does; the connection is closed then.
func server(t *testing.T, handle func(*gotls.Conn, net.Conn)) *Dialer {
	t.Helper()
	g := NewWithT(t)
	own, err := pki.SelfSigned(pki.Wanted{Name: "server", DNS: []string{"server.example"}})
	g.Expect(err).NotTo(HaveOccurred())
	l, err := net.Listen("tcp", "127.0.0.1:0")
	g.Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			raw, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer raw.Close()
				conn := gotls.Server(raw, &gotls.Config{Certificates: []gotls.Certificate{*own}, ClientAuth: gotls.RequestClientCert})
				if conn.Handshake() == nil {
					handle(conn, raw)
				}
			}()
		}
	}()
	roots := x509.NewCertPool()
	roots.AddCert(own.Leaf)
	d, err := New(Config{Address: l.Addr().String(), Roots: roots, Name: "server.example"})
	g.Expect(err).NotTo(HaveOccurred())
	return d
}

func open(t *testing.T, d *Dialer) (transport.Conn, transport.Stream) {
	t.Helper()
	g := NewWithT(t)
	conn, err := d.Dial(t.Context())
	g.Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { _ = conn.Abort() })
	stream, err := conn.Open(t.Context())
	g.Expect(err).NotTo(HaveOccurred())
	return conn, stream
}

func TestHowTheServerEnds(t *testing.T) {
	for name, c := range map[string]struct {
		end  func(*gotls.Conn, net.Conn)
		want string
	}{
		"close_notify": {func(conn *gotls.Conn, _ net.Conn) { _ = conn.Close() }, transport.EndedClose},
		"FIN alone":    {func(_ *gotls.Conn, raw net.Conn) { _ = raw.Close() }, transport.EndedDisconnect},
		"reset":        {func(_ *gotls.Conn, raw net.Conn) { _ = raw.(*net.TCPConn).SetLinger(0); _ = raw.Close() }, transport.EndedDisconnect},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			_, stream := open(t, server(t, func(conn *gotls.Conn, raw net.Conn) {
				_, _ = io.WriteString(conn, "hello")
				_, _ = io.ReadFull(conn, make([]byte, 3)) // the client has read that
				c.end(conn, raw)
			}))
			got := make([]byte, 5)
			_, err := io.ReadFull(stream, got)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(string(got)).To(Equal("hello"))
			g.Expect(stream.Ended()).To(Equal(transport.EndedNot))
			_, err = stream.Write([]byte("bye"))
			g.Expect(err).NotTo(HaveOccurred())
			_, err = stream.Read(got)
			g.Expect(err).To(HaveOccurred())
			g.Expect(stream.Ended()).To(Equal(c.want))
			g.Expect(stream.Gone()).To(BeClosed())
		})
	}
}

func TestHowWeEnd(t *testing.T) {
	for name, c := range map[string]struct {
		end    func(transport.Conn) error
		notice bool
	}{
		"close":     {transport.Conn.Close, true},
		"close TCP": {transport.Conn.CloseTCP, false},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			octets := make(chan int, 1)
			conn, stream := open(t, server(t, func(conn *gotls.Conn, raw net.Conn) {
				_, _ = io.WriteString(conn, "x")
				rest, _ := io.ReadAll(raw) // records: close_notify is one, behind the handshake there is none else
				octets <- len(rest)
			}))
			_, _ = io.ReadFull(stream, make([]byte, 1))
			g.Expect(c.end(conn)).To(Succeed())
			var rest int
			g.Eventually(octets).Should(Receive(&rest))
			g.Expect(rest > 0).To(Equal(c.notice))
			g.Expect(stream.Ended()).To(Equal(transport.EndedNot), "it was us")
		})
	}
}

func TestAServerThatSpeaksLate(t *testing.T) {
	g := NewWithT(t)
	_, stream := open(t, server(t, func(conn *gotls.Conn, _ net.Conn) {
		_, _ = io.ReadFull(conn, make([]byte, 1))
		_, _ = io.WriteString(conn, "late")
	}))
	_, err := stream.Write([]byte("x"))
	g.Expect(err).NotTo(HaveOccurred())
	all, err := io.ReadAll(stream)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(all)).To(Equal("late"))
}

func TestPinnedServer(t *testing.T) {
	g := NewWithT(t)
	d := server(t, func(conn *gotls.Conn, _ net.Conn) { _, _ = io.WriteString(conn, "x") })
	d.config.Name, d.config.Roots = "other.example", x509.NewCertPool()
	_, err := d.Dial(t.Context())
	g.Expect(errors.Is(err, ErrName) || errors.Is(err, ErrUnknownAuthority)).To(BeTrue(), "%v", err)
	raw, err := d.Raw(t.Context())
	g.Expect(err).NotTo(HaveOccurred())
	d.config.Fingerprint = pki.Fingerprint(Attempt{}.Try(t.Context(), raw, DefaultTimeout).Chain[0].Raw)
	conn, err := d.Dial(t.Context())
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(conn.Security()).To(HaveKeyWithValue("server-certificate-verified", "fingerprint"))
	g.Expect(conn.Abort()).To(Succeed())
}

func TestOffersAreAnswered(t *testing.T) {
	g := NewWithT(t)
	d := server(t, func(*gotls.Conn, net.Conn) {})
	for _, c := range []struct {
		offer   Offer
		refused bool
	}{
		{Offer{Version: gotls.VersionTLS12, Suites: []uint16{gotls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}, Compressions: []byte{0}}, false},
		{Offer{Version: gotls.VersionTLS12, Suites: []uint16{gotls.TLS_ECDHE_ECDSA_WITH_RC4_128_SHA}, Compressions: []byte{0}}, true},
		{Offer{Version: 0x0300, Suites: []uint16{gotls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}, Compressions: []byte{0}}, true},
	} {
		raw, err := d.Raw(t.Context())
		g.Expect(err).NotTo(HaveOccurred())
		chosen, err := c.offer.Make(t.Context(), raw, DefaultTimeout)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(chosen.Refused).To(Equal(c.refused), chosen.String())
	}
}
