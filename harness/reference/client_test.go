package reference

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"golang.org/x/crypto/ssh"
)

// limit is what no exchange of a test comes near.
const limit = 20 * time.Second

// client is a NETCONF client of as few lines as possible, with framing of its own.
type client struct {
	g       Gomega
	tcp     net.Conn
	conn    *ssh.Client
	channel ssh.Channel
	in      *bufio.Reader
	chunked bool
	hello   string
	id      int
}

func start(t *testing.T, o Options) *Server {
	t.Helper()
	s, err := Start(t.Context(), o)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { s.Close() })
	return s
}

func dial(t *testing.T, s *Server, addr, user, password string) (*client, error) {
	t.Helper()
	tcp, err := net.DialTimeout("tcp", addr, limit)
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() { tcp.Close() })
	tcp.SetDeadline(time.Now().Add(limit))
	conn, channels, requests, err := ssh.NewClientConn(tcp, addr, &ssh.ClientConfig{User: user,
		Auth: []ssh.AuthMethod{ssh.Password(password)}, HostKeyCallback: ssh.FixedHostKey(s.HostKey())})
	if err != nil {
		return nil, err
	}
	return &client{g: NewWithT(t), tcp: tcp, conn: ssh.NewClient(conn, channels, requests)}, nil
}

// connect opens a channel with the subsystem, and reads the server's hello.
func connect(t *testing.T, s *Server, user, password string) *client {
	t.Helper()
	c, err := dial(t, s, s.Addr(), user, password)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	c.subsystem()
	c.hello = c.receive()
	return c
}

func (c *client) subsystem() {
	channel, requests, err := c.conn.OpenChannel("session", nil)
	c.g.Expect(err).NotTo(HaveOccurred())
	go ssh.DiscardRequests(requests)
	ok, err := channel.SendRequest("subsystem", true, ssh.Marshal(struct{ Name string }{"netconf"}))
	c.g.Expect(err).NotTo(HaveOccurred())
	c.g.Expect(ok).To(BeTrue(), "subsystem netconf")
	c.channel, c.in = channel, bufio.NewReader(channel)
}

// open connects as admin and agrees on the highest version that the server has.
func open(t *testing.T, s *Server) *client {
	t.Helper()
	return openAs(t, s, "admin", "admin")
}

func openAs(t *testing.T, s *Server, user, password string) *client {
	t.Helper()
	c := connect(t, s, user, password)
	c.greet(base10URN, base11URN)
	c.chunked = strings.Contains(c.hello, base11URN)
	return c
}

// openOld connects as a client that knows base:1.0 only.
func openOld(t *testing.T, s *Server) *client {
	t.Helper()
	c := connect(t, s, "admin", "admin")
	c.greet(base10URN)
	return c
}

func (c *client) greet(capabilities ...string) {
	var b strings.Builder
	for _, capability := range capabilities {
		b.WriteString("<capability>" + capability + "</capability>")
	}
	c.raw(`<hello xmlns="` + baseNS + `"><capabilities>` + b.String() + `</capabilities></hello>]]>]]>`)
}

func (c *client) raw(octets string) {
	_, err := io.WriteString(c.channel, octets)
	c.g.Expect(err).NotTo(HaveOccurred())
}

func (c *client) frame(message string) string {
	if c.chunked {
		return fmt.Sprintf("\n#%d\n%s\n##\n", len(message), message)
	}
	return message + "]]>]]>"
}

func (c *client) send(message string) { c.raw(c.frame(message)) }

// rpc sends an operation in the base namespace and gives the reply.
func (c *client) rpc(operation string) string {
	c.id++
	c.send(fmt.Sprintf(`<rpc message-id="%d" xmlns="%s">%s</rpc>`, c.id, baseNS, operation))
	reply := c.receive()
	c.g.Expect(reply).To(ContainSubstring(fmt.Sprintf(`message-id="%d"`, c.id)))
	return reply
}

func (c *client) ok(operation string) {
	c.g.Expect(c.rpc(operation)).To(HaveSuffix("><ok/></rpc-reply>"), operation)
}

// errorTag wants an operation to fail with a tag.
func (c *client) errorTag(operation, tag string) string {
	reply := c.rpc(operation)
	c.g.Expect(reply).To(ContainSubstring("<error-tag>"+tag+"</error-tag>"), operation)
	return reply
}

func (c *client) receive() string {
	message, err := c.read()
	c.g.Expect(err).NotTo(HaveOccurred())
	return message
}

func (c *client) read() (string, error) {
	if !c.chunked {
		return c.readToMark()
	}
	var message strings.Builder
	for {
		head, err := c.in.ReadString('\n')
		if err == nil && head != "\n" {
			err = fmt.Errorf("%q where a chunk begins", head)
		}
		if err != nil {
			return message.String(), err
		}
		if head, err = c.in.ReadString('\n'); err != nil {
			return message.String(), err
		}
		if head == "##\n" {
			return message.String(), nil
		}
		size, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(head, "#"), "\n"))
		if err != nil {
			return message.String(), err
		}
		if _, err := io.CopyN(&message, c.in, int64(size)); err != nil {
			return message.String(), err
		}
	}
}

func (c *client) readToMark() (string, error) {
	var message []byte
	for {
		b, err := c.in.ReadByte()
		if err != nil {
			return string(message), err
		}
		message = append(message, b)
		if strings.HasSuffix(string(message[max(0, len(message)-6):]), "]]>]]>") {
			return string(message[:len(message)-6]), nil
		}
	}
}

// ended wants the server to end the session without another octet.
func (c *client) ended() {
	rest, err := io.ReadAll(c.in)
	c.g.Expect(err).NotTo(HaveOccurred())
	c.g.Expect(string(rest)).To(BeEmpty())
}

func (c *client) sessionID() string {
	_, after, _ := strings.Cut(c.hello, "<session-id>")
	id, _, _ := strings.Cut(after, "<")
	return id
}

// The operations of the tests.

func on(operation, datastore string) string {
	return "<" + operation + "><target><" + datastore + "/></target></" + operation + ">"
}

func edit(datastore, config string, options ...string) string {
	return "<edit-config><target><" + datastore + "/></target>" + strings.Join(options, "") +
		`<config xmlns:nc="` + baseNS + `">` + config + "</config></edit-config>"
}

func system(content string) string {
	return `<system xmlns="` + Namespace + `">` + content + "</system>"
}

func top(content string) string { return `<top xmlns="` + Namespace + `">` + content + "</top>" }

func user(content string) string { return top("<users><user>" + content + "</user></users>") }

func getConfig(datastore, filter string) string {
	if filter != "" {
		filter = "<filter>" + filter + "</filter>"
	}
	return "<get-config><source><" + datastore + "/></source>" + filter + "</get-config>"
}

// location gives system/location of a datastore.
func (c *client) location(datastore string) string {
	reply := c.rpc(getConfig(datastore, system("<location/>")))
	_, after, _ := strings.Cut(reply, "<location>")
	value, _, _ := strings.Cut(after, "<")
	return value
}

// data gives all that a datastore holds.
func (c *client) data(datastore string) string {
	_, after, _ := strings.Cut(c.rpc(getConfig(datastore, "")), "<data>")
	return after
}

func place(value string) string { return system("<location>" + value + "</location>") }
