package ssh

import (
	"net"
	"sync"
)

// watchedConn is the connection below SSH. It knows whether the SSH library
// waits for more octets, which tells a closed channel from a lost connection
// without asking the peer.
type watchedConn struct {
	link

	mu      sync.Mutex
	changed sync.Cond
	reading bool  // a Read is waiting
	over    bool  // the SSH connection has ended
	writes  int64 // Write calls that have returned
}

// link is what SSH runs over: a TCP connection, or a tunnel from a jump host.
type link interface {
	net.Conn
	CloseWrite() error
	SetLinger(seconds int) error
}

func newWatchedConn(conn link) *watchedConn {
	w := &watchedConn{link: conn}
	w.changed.L = &w.mu
	return w
}

// Read reads from the connection, and says so meanwhile.
func (w *watchedConn) Read(p []byte) (int, error) {
	w.set(func() { w.reading = true })
	n, err := w.link.Read(p)
	w.set(func() { w.reading = false })
	return n, err
}

// Write writes to the connection. The SSH library calls it once a packet.
func (w *watchedConn) Write(p []byte) (int, error) {
	n, err := w.link.Write(p)
	w.set(func() { w.writes++ })
	return n, err
}

// end says that the SSH connection is over.
func (w *watchedConn) end() { w.set(func() { w.over = true }) }

func (w *watchedConn) set(change func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change()
	w.changed.Broadcast()
}

// alive waits until it is certain whether the SSH connection goes on: either
// the library waits for the next octets, or the connection is over. One of
// them follows whatever was received last, for the library stops reading at a
// disconnect.
func (w *watchedConn) alive() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for !w.reading && !w.over {
		w.changed.Wait()
	}
	return !w.over
}

// written returns the number of packets written so far.
func (w *watchedConn) written() int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.writes
}

// waitWritten waits for a packet after the first n, or the end.
func (w *watchedConn) waitWritten(n int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.writes <= n && !w.over {
		w.changed.Wait()
	}
}
