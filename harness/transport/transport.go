// Package transport names what a NETCONF session needs of a secure transport
// (RFC 6241 §2.1, §2.2): connections that hand back byte streams. The packages
// below it provide them; nothing here knows SSH or any other protocol.
package transport

import (
	"context"
	"io"
)

// How a peer ended a stream, as Stream.Ended reports it.
const (
	// EndedNot says that the peer has not ended the stream.
	EndedNot = ""
	// EndedEOF says that the peer will send no more octets, but keeps the
	// channel open (RFC 4254 §5.3, SSH_MSG_CHANNEL_EOF).
	EndedEOF = "eof"
	// EndedClose says that the peer closed the channel (RFC 4254 §5.3,
	// SSH_MSG_CHANNEL_CLOSE), or the TLS session (RFC 5246 §7.2.1,
	// close_notify); the connection below it may live on.
	EndedClose = "close"
	// EndedDisconnect says that the connection below the stream ended: an SSH
	// disconnect (RFC 4253 §11.1), or the end of the TCP connection.
	EndedDisconnect = "disconnect"
)

// Stream carries the octets of one NETCONF session. Read and Write block for
// as long as the peer makes them; whoever uses a stream bounds its waits by
// ending the connection below it, which ends both. One Read and one Write may
// run at the same time. Close closes this stream only, never the connection; a
// Read that waits returns once the peer has answered the close.
type Stream interface {
	io.ReadWriteCloser

	// CloseWrite tells the peer that no more octets follow; reading goes on.
	CloseWrite() error

	// Ended tells how the peer ended the stream: one of the Ended constants.
	// An EOF that a close follows reads EndedEOF first and EndedClose later.
	// What the peer does after our own Close is an answer, and does not count.
	Ended() string

	// Gone is closed once nothing more can come: the peer closed the channel,
	// or the connection ended, whoever ended it.
	Gone() <-chan struct{}
}

// EarlyOpener is a Conn that can send the first octets of a stream behind the
// request for the NETCONF service, without waiting for its confirmation.
type EarlyOpener interface {
	// OpenEarly opens a stream as Conn.Open does, with octets sent early.
	OpenEarly(ctx context.Context, octets []byte) (Stream, error)
}

// Conn is one connection to a server, on which any number of streams may be
// opened. Its methods may be called from several goroutines.
type Conn interface {
	// Open opens a new stream to the server's NETCONF service. The error tells
	// whether the server has no such service, or ran out of time.
	Open(ctx context.Context) (Stream, error)

	// Close ends the connection in the transport's own orderly way.
	Close() error

	// Abort ends the connection with a TCP reset, as a crashed client might.
	Abort() error

	// CloseTCP ends the TCP connection without a word of the transport above it.
	CloseTCP() error

	// Security tells how the connection is protected and how the server was
	// identified, in words for a report; it holds no secrets.
	Security() map[string]string
}

// Dialer makes connections to one server as one user.
type Dialer interface {
	// Dial connects and authenticates. The error tells the user what to do next.
	Dial(ctx context.Context) (Conn, error)
}

// Mover is a Dialer that can reach the same user at another address.
type Mover interface {
	// At gives a dialer for another "host:port"; everything else stays as it is.
	At(address string) Dialer
}
