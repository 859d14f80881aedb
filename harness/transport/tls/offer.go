package tls

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"time"
)

// Offer is the beginning of a handshake as no library would send it (RFC 5246 §7.4.1.2).
type Offer struct {
	Version      uint16 // the newest that the client speaks: 0x0300 is SSL 3.0
	Suites       []uint16
	Compressions []byte // 0 is none, 1 is DEFLATE
}

// Chosen is what a server made of an offer.
type Chosen struct {
	Refused     bool // by an alert, or by the end of the connection
	Version     uint16
	Suite       uint16
	Compression byte
}

// String says it for people.
func (c Chosen) String() string {
	if c.Refused {
		return "refused"
	}
	return fmt.Sprintf("accepted: version %#04x, cipher suite %#04x, compression %d", c.Version, c.Suite, c.Compression)
}

// The records and messages that an answer is made of (RFC 5246 §6.2.1, §7.4).
const (
	recordAlert     = 21
	recordHandshake = 22
	clientHello     = 1
	serverHello     = 2
	mostRecord      = 18 << 10
)

// Make makes the offer on a TCP connection, which is closed then. The error says that the server gave no answer that can be
// read within the limit.
func (o Offer) Make(ctx context.Context, raw net.Conn, limit time.Duration) (Chosen, error) {
	defer raw.Close()
	stop := context.AfterFunc(ctx, func() { _ = raw.Close() })
	defer stop()
	_ = raw.SetDeadline(time.Now().Add(limit))
	if _, err := raw.Write(o.record()); err != nil {
		return Chosen{}, fmt.Errorf("offering a handshake: %w", err)
	}
	return readAnswer(raw)
}

// record is the ClientHello in a record of its own.
func (o Offer) record() []byte {
	body := binary.BigEndian.AppendUint16(nil, o.Version)
	body = append(body, make([]byte, 32)...) // the client's random: nothing depends on it
	body = append(body, 0)                   // no session to resume
	body = binary.BigEndian.AppendUint16(body, uint16(2*len(o.Suites)))
	for _, suite := range o.Suites {
		body = binary.BigEndian.AppendUint16(body, suite)
	}
	body = append(body, byte(len(o.Compressions)))
	body = append(body, o.Compressions...)
	if o.Version > 0x0300 {
		body = append(body, extensions()...)
	}
	message := append([]byte{clientHello, 0}, binary.BigEndian.AppendUint16(nil, uint16(len(body)))...)
	message = append(message, body...)
	record := []byte{recordHandshake, 3, min(1, byte(o.Version))}
	return append(binary.BigEndian.AppendUint16(record, uint16(len(message))), message...)
}

// extensions offer the curves and signatures that servers have, so that these do not keep an offer from being accepted.
func extensions() []byte {
	return []byte{0, 28,
		0, 10, 0, 8, 0, 6, 0, 23, 0, 24, 0, 29, // supported_groups: secp256r1, secp384r1, x25519
		0, 11, 0, 2, 1, 0, // ec_point_formats: uncompressed
		0, 13, 0, 6, 0, 4, 4, 3, 4, 1} // signature_algorithms: ecdsa and rsa with SHA-256
}

func readAnswer(from io.Reader) (Chosen, error) {
	var header [5]byte
	if _, err := io.ReadFull(from, header[:]); err != nil {
		if hungUp(err) {
			return Chosen{Refused: true}, nil
		}
		return Chosen{}, fmt.Errorf("waiting for the answer to a handshake: %w", err)
	}
	length := int(binary.BigEndian.Uint16(header[3:]))
	if header[0] == recordAlert {
		return Chosen{Refused: true}, nil
	}
	if header[0] != recordHandshake || length > mostRecord {
		return Chosen{}, fmt.Errorf("the answer to a handshake begins with %x, which is no TLS", header)
	}
	message := make([]byte, length)
	if _, err := io.ReadFull(from, message); err != nil {
		return Chosen{}, fmt.Errorf("reading the answer to a handshake: %w", err)
	}
	return parseServerHello(message)
}

// parseServerHello reads what was chosen (RFC 5246 §7.4.1.3).
func parseServerHello(message []byte) (Chosen, error) {
	const random, fixed = 6, 6 + 32 + 1
	if len(message) < fixed || message[0] != serverHello {
		return Chosen{}, errors.New("the answer to a handshake is no ServerHello")
	}
	session := int(message[fixed-1])
	if len(message) < fixed+session+3 {
		return Chosen{}, errors.New("the ServerHello is cut off")
	}
	rest := message[fixed+session:]
	return Chosen{Version: binary.BigEndian.Uint16(message[random-2:]), Suite: binary.BigEndian.Uint16(rest), Compression: rest[2]}, nil
}
