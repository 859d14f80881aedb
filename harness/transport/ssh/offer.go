package ssh

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// Offer is what a client proposes in a key exchange (RFC 4253 §7.1).
type Offer struct {
	Ciphers, MACs []string
}

// Proposal is what a server proposes, and what it made of ours.
type Proposal struct {
	KeyExchanges, HostKeys []string
	CiphersIn, CiphersOut  []string // client to server, server to client
	MACsIn, MACsOut        []string
	Refused                bool // the server ended the connection when it had seen our offer
}

// The messages of RFC 4253 that a proposal is about.
const (
	msgDisconnect = 1
	msgKexInit    = 20
	maxPacket     = 64 << 10
)

// Propose connects, sends an offer as the library would never do, and tells what the server made of it. It waits limit
// for the server to end the connection, and then gives up. The error says that there was no SSH server to talk to.
func (d *Dialer) Propose(ctx context.Context, o Offer, limit time.Duration) (*Proposal, error) {
	address := d.config.Address
	conn, err := d.connect(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	_ = conn.SetDeadline(time.Now().Add(limit))
	reader := bufio.NewReader(conn)
	if _, err := io.WriteString(conn, "SSH-2.0-ncspec-offer\r\n"); err != nil {
		return nil, fmt.Errorf("greeting %s: %w", address, err)
	}
	if err := skipVersion(reader); err != nil {
		return nil, fmt.Errorf("reading the version of %s: %w", address, err)
	}
	first, err := readPacket(reader)
	if err != nil {
		return nil, fmt.Errorf("reading the proposal of %s: %w", address, err)
	}
	p, err := parseProposal(first)
	if err != nil {
		return nil, err
	}
	if _, err := conn.Write(packet(kexInit(*p, o))); err != nil {
		p.Refused = true
		return p, nil
	}
	p.Refused = ended(reader)
	return p, nil
}

// ended reads until the server says disconnect or closes; whatever else it sends goes on with the exchange.
func ended(r *bufio.Reader) bool {
	for {
		payload, err := readPacket(r)
		var timeout net.Error
		switch {
		case errors.As(err, &timeout) && timeout.Timeout():
			return false
		case err != nil:
			return true
		case len(payload) > 0 && payload[0] == msgDisconnect:
			return true
		}
	}
}

// skipVersion reads up to the server's version; lines before it are allowed (RFC 4253 §4.2).
func skipVersion(r *bufio.Reader) error {
	for range 64 {
		line, err := r.ReadString('\n')
		if err != nil {
			return err
		}
		if strings.HasPrefix(line, "SSH-") {
			return nil
		}
	}
	return errors.New("64 lines and no version among them")
}

// readPacket reads a packet of the time before keys are in force (RFC 4253 §6).
func readPacket(r io.Reader) ([]byte, error) {
	var header [5]byte
	if _, err := io.ReadFull(r, header[:]); err != nil {
		return nil, err
	}
	length, padding := binary.BigEndian.Uint32(header[:4]), uint32(header[4])
	if length < padding+1 || length > maxPacket {
		return nil, fmt.Errorf("a packet of %d octets", length)
	}
	rest := make([]byte, length-1)
	if _, err := io.ReadFull(r, rest); err != nil {
		return nil, err
	}
	return rest[:uint32(len(rest))-padding], nil
}

func packet(payload []byte) []byte {
	padding := 8 - (len(payload)+5)%8
	if padding < 4 {
		padding += 8
	}
	out := binary.BigEndian.AppendUint32(nil, uint32(len(payload)+1+padding))
	out = append(append(out, byte(padding)), payload...)
	return append(out, make([]byte, padding)...)
}

// kexInit takes the server's own key exchanges and host keys, so that only ciphers and MACs can keep the two apart.
func kexInit(server Proposal, o Offer) []byte {
	payload := make([]byte, 17)
	payload[0] = msgKexInit
	_, _ = rand.Read(payload[1:]) // never fails
	none := []string{"none"}
	for _, list := range [][]string{server.KeyExchanges, server.HostKeys, o.Ciphers, o.Ciphers, o.MACs, o.MACs, none, none, nil, nil} {
		text := strings.Join(list, ",")
		payload = append(binary.BigEndian.AppendUint32(payload, uint32(len(text))), text...)
	}
	return append(payload, 0, 0, 0, 0, 0)
}

func parseProposal(payload []byte) (*Proposal, error) {
	if len(payload) < 17 || payload[0] != msgKexInit {
		return nil, errors.New("the server's first packet is no key exchange proposal")
	}
	rest := payload[17:]
	var lists [6][]string
	for i := range lists {
		if len(rest) < 4 || uint32(len(rest)-4) < binary.BigEndian.Uint32(rest) {
			return nil, errors.New("the server's key exchange proposal is cut off")
		}
		n := binary.BigEndian.Uint32(rest)
		lists[i] = strings.Split(string(rest[4:4+n]), ",")
		rest = rest[4+n:]
	}
	return &Proposal{KeyExchanges: lists[0], HostKeys: lists[1], CiphersIn: lists[2], CiphersOut: lists[3], MACsIn: lists[4], MACsOut: lists[5]}, nil
}
