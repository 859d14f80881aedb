package tls

import (
	"context"
	gotls "crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ncspec/ncspec/harness/transport"
)

const (
	// closeLimit bounds what is left to do when a connection is closed: telling the peer, and taking what it still sends.
	closeLimit = time.Second
	// refusalLimit is how long the first octet is waited for before a connection counts as accepted. In TLS 1.3 a server
	// looks at the client's certificate when the client has finished already (RFC 8446 §4.4.2.4). One that accepts it
	// says hello at once.
	refusalLimit = 300 * time.Millisecond
)

// watchedConn is the TCP connection below TLS. It knows whether its end was seen: the library reports close_notify and
// an end without it by the same error.
type watchedConn struct {
	net.Conn
	ended atomic.Bool
}

// Read notes the end.
func (w *watchedConn) Read(p []byte) (int, error) {
	n, err := w.Conn.Read(p)
	if err != nil && !timedOut(err) {
		w.ended.Store(true)
	}
	return n, err
}

// link is a single.Link of TLS.
type link struct {
	tls     *gotls.Conn
	watched *watchedConn
	config  Config
	first   chan struct{} // closed when the first read is done
	held    []byte        // of the first read, not yet handed out
	failed  error         // how the first read ended
	heard   bool          // something has come
	closing sync.Once
}

// newLink begins to read.
func newLink(conn *gotls.Conn, watched *watchedConn, config Config) *link {
	l := &link{tls: conn, watched: watched, config: config, first: make(chan struct{})}
	go func() {
		defer close(l.first)
		buffer := make([]byte, 32<<10)
		n, err := conn.Read(buffer)
		l.held, l.failed, l.heard = buffer[:n], err, n > 0
	}()
	return l
}

// accepted waits for what tells whether the server takes the client's certificate.
func (l *link) accepted(ctx context.Context, asked bool) error {
	limited, cancel := context.WithTimeout(ctx, refusalLimit)
	defer cancel()
	select {
	case <-l.first:
	case <-limited.Done():
		if ctx.Err() != nil {
			return fmt.Errorf("waiting for %s: %w", l.config.Address, context.Cause(ctx))
		}
		return nil
	}
	if asked && !l.heard && alerted(l.failed) {
		return l.config.refused("showing the client's certificate to", l.failed)
	}
	return nil
}

// Read gives what the first read has brought, and reads on.
func (l *link) Read(p []byte) (int, error) {
	<-l.first
	if len(l.held) > 0 {
		n := copy(p, l.held)
		l.held = l.held[n:]
		return n, nil
	}
	if l.failed != nil {
		return 0, l.without(l.failed)
	}
	n, err := l.tls.Read(p)
	if err != nil {
		l.failed = err
	}
	return n, err
}

// without says of an end before the first octet what it may mean.
func (l *link) without(err error) error {
	if l.heard || !errors.Is(err, io.EOF) {
		return err
	}
	return fmt.Errorf("%w behind the TLS handshake; it may be that it does not accept the client's certificate", err)
}

// Write sends octets: up to 16 KiB are one TLS record.
func (l *link) Write(p []byte) (int, error) { return l.tls.Write(p) }

// CloseWrite sends close_notify (RFC 5246 §7.2.1).
func (l *link) CloseWrite() error { return quiet(l.tls.CloseWrite()) }

// Close sends close_notify, then FIN.
func (l *link) Close() error {
	// A peer that takes nothing more must not keep us from leaving.
	_ = l.watched.SetWriteDeadline(time.Now().Add(closeLimit))
	err := quiet(l.tls.CloseWrite())
	if isReset(err) || timedOut(err) {
		err = nil // the peer was gone before
	}
	return errors.Join(err, l.Drop())
}

// Drop ends the TCP connection (FIN) without close_notify. What the peer still sends is taken for a second: closing with
// octets unread would turn the FIN into a reset.
func (l *link) Drop() error {
	l.closing.Do(func() {
		if tcp, ok := l.watched.Conn.(*net.TCPConn); ok {
			_ = tcp.CloseWrite() // fails where the connection was lost before
		}
		_ = l.watched.SetReadDeadline(time.Now().Add(closeLimit))
		go func() {
			_, _ = io.Copy(io.Discard, l.watched.Conn)
			_ = l.watched.Close()
		}()
	})
	return nil
}

// Abort resets the TCP connection.
func (l *link) Abort() error {
	if tcp, ok := l.watched.Conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	if err := quiet(l.watched.Close()); err != nil {
		return fmt.Errorf("resetting the connection to %s: %w", l.config.Address, err)
	}
	return nil
}

// Ending implements single.Link: close_notify ends the TLS session, anything else the connection.
func (l *link) Ending(err error) string {
	if errors.Is(err, io.EOF) && !l.watched.ended.Load() {
		return transport.EndedClose
	}
	return transport.EndedDisconnect
}

// quiet drops the error of what is closed already.
func quiet(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}
