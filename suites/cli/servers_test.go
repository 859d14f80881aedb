package cli_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"net"
	"sync"
	"testing"

	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"
)

// listen starts a TCP server that hands each connection to serve, and gives its address. It ends with the test.
func listen(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	var mutex sync.Mutex
	var open []net.Conn
	t.Cleanup(func() {
		_ = listener.Close()
		mutex.Lock()
		defer mutex.Unlock()
		for _, conn := range open {
			_ = conn.Close()
		}
	})
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			mutex.Lock()
			open = append(open, conn)
			mutex.Unlock()
			go serve(conn)
		}
	}()
	return listener.Addr().String()
}

// closed is an address where nobody listens.
func closed(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	defer listener.Close()
	return listener.Addr().String()
}

// subsystem starts an SSH server that lets everybody in, and hands each NETCONF subsystem to serve.
func subsystem(t *testing.T, serve func(gossh.Channel)) string {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	signer, err := gossh.NewSignerFromKey(private)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	config := &gossh.ServerConfig{NoClientAuth: true}
	config.AddHostKey(signer)
	return listen(t, func(conn net.Conn) {
		server, channels, requests, err := gossh.NewServerConn(conn, config)
		if err != nil {
			return
		}
		defer server.Close()
		go gossh.DiscardRequests(requests)
		for wanted := range channels {
			channel, requests, err := wanted.Accept()
			if err != nil {
				return
			}
			go func() {
				for r := range requests {
					_ = r.Reply(true, nil)
					go serve(channel)
				}
			}()
		}
	})
}

// nowhere makes every name unknown, by a name server of our own.
func nowhere(t *testing.T) {
	t.Helper()
	server, err := net.ListenPacket("udp", "127.0.0.1:0")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	go func() {
		query := make([]byte, 1500)
		for {
			n, from, err := server.ReadFrom(query)
			if err != nil {
				return
			}
			answer := query[:n]
			answer[2] |= 0x80                 // a response
			answer[3] = answer[3]&0xf0 | 0x03 // NXDOMAIN
			_, _ = server.WriteTo(answer, from)
		}
	}()
	before := net.DefaultResolver
	t.Cleanup(func() { net.DefaultResolver = before; _ = server.Close() })
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", server.LocalAddr().String())
	}}
}
