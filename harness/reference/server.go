package reference

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/ssh"
)

// Server is a running reference server. Its methods may be called from any goroutine.
type Server struct {
	options    Options
	profile    profile
	schema     *node
	operations map[name]operation
	namespaces map[string]bool
	defects    map[string]bool // never written after Start
	ssh        *ssh.ServerConfig
	started    time.Time
	requests   atomic.Uint64
	refuseNext atomic.Bool // for a defect: the next session is refused

	netconf, plain net.Listener
	work           sync.WaitGroup // every goroutine of the server
	stopAfter      func() bool

	connections struct {
		sync.Mutex
		open   map[net.Conn]bool
		closed bool
	}

	mu       sync.Mutex // guards all below
	store    store
	sessions map[uint32]*session
	lastID   uint32
	locks    map[string]uint32 // datastore to holder; 0 is an entity outside NETCONF
	partial  []partial
	lastLock uint32
	pending  *confirmedCommit
}

// Start opens the server's two ports and serves until Close, or until ctx ends. It fails on an unknown profile
// or defect, naming those that are near, and on an address that cannot be listened at.
func Start(ctx context.Context, o Options) (*Server, error) {
	o, p, err := o.completed()
	if err != nil {
		return nil, fmt.Errorf("starting the reference server: %w", err)
	}
	s := newServer(o, p)
	if s.netconf, err = net.Listen("tcp", o.Listen); err != nil {
		return nil, fmt.Errorf("starting the reference server: %w", err)
	}
	host, _, _ := net.SplitHostPort(s.netconf.Addr().String())
	if s.plain, err = net.Listen("tcp", net.JoinHostPort(host, "0")); err != nil {
		s.netconf.Close()
		return nil, fmt.Errorf("starting the reference server: %w", err)
	}
	s.work.Go(func() { s.accept(s.netconf, true) })
	s.work.Go(func() { s.accept(s.plain, s.broken("netconf-on-ssh-port")) })
	s.stopAfter = context.AfterFunc(ctx, func() { s.hangUp() })
	return s, nil
}

func newServer(o Options, p profile) *Server {
	s := &Server{options: o, profile: p, schema: p.schema(), operations: operationsOf(p),
		defects: map[string]bool{}, started: o.Clock.Now(), sessions: map[uint32]*session{},
		locks: map[string]uint32{}, namespaces: map[string]bool{}}
	for _, d := range o.Defects {
		s.defects[d] = true
	}
	if s.broken("size-of-later-chunk-too-small") && s.options.BigData == 0 {
		s.options.BigData = 2 << 20
	}
	for n := range s.operations {
		s.namespaces[n.ns] = true
	}
	for _, n := range s.schema.children {
		s.namespaces[n.ns] = true
	}
	s.connections.open = map[net.Conn]bool{}
	s.store.running = p.config(s.schema)
	s.store.startup = s.store.running
	s.ssh = s.sshConfig()
	return s
}

// broken tells whether the server has a defect built in. It is asked where the right behaviour lives.
func (s *Server) broken(defect string) bool { return s.defects[defect] }

// Addr is the host:port of the netconf subsystem.
func (s *Server) Addr() string { return s.netconf.Addr().String() }

// SSHAddr is the host:port of an SSH server without the netconf subsystem. It stands for port 22, where
// RFC 6242 §3 does not want to see NETCONF by default.
func (s *Server) SSHAddr() string { return s.plain.Addr().String() }

// HostKey is the key that both ports present.
func (s *Server) HostKey() ssh.PublicKey { return s.options.HostKey.PublicKey() }

// Close ends all sessions and waits until nothing of the server runs any more.
func (s *Server) Close() error {
	s.stopAfter()
	err := s.hangUp()
	s.work.Wait()
	s.stopPending()
	return err
}

// hangUp closes the ports and all connections.
func (s *Server) hangUp() error {
	s.connections.Lock()
	defer s.connections.Unlock()
	if s.connections.closed {
		return nil
	}
	s.connections.closed = true
	err := errors.Join(s.netconf.Close(), s.plain.Close())
	for c := range s.connections.open {
		c.Close()
	}
	if err != nil {
		return fmt.Errorf("closing the reference server: %w", err)
	}
	return nil
}

// knowsNamespace tells whether a namespace is that of the protocol or of a module.
func (s *Server) knowsNamespace(ns string) bool { return s.namespaces[ns] }

// hasDatastore tells whether a datastore is there (RFC 6241 §5.1).
func (s *Server) hasDatastore(name string) bool {
	return name == running || name == candidate && s.profile.candidate || name == startup && s.profile.startup
}

// mayWrite tells whether a user may change anything, lock or kill.
func (s *Server) mayWrite(user string) bool { return user != guest }
