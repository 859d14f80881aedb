package reference

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/wire"
)

// Server is a running reference server. Its methods may be called from any goroutine.
type Server struct {
	options    Options
	profile    profile
	schema     *node
	operations map[name]operation
	namespaces map[string]bool
	defects    map[string]bool // never written after Start
	hostile    hostility
	ssh        *ssh.ServerConfig
	started    time.Time
	requests   atomic.Uint64
	calls      atomic.Uint64 // for a defect: calls home
	refuseNext atomic.Bool   // for a defect: the next session is refused
	files      *files        // nil without file: URLs
	http       *http.Client
	life       context.Context // ends when the server hangs up
	dies       context.CancelFunc

	netconf, plain net.Listener
	tls            *tlsService    // nil without TLS
	unix           net.Listener   // nil without a Unix socket
	work           sync.WaitGroup // every goroutine of the server
	stopAfter      func() bool

	connections struct {
		sync.Mutex
		open   map[net.Conn]bool
		closed bool
	}

	mu            sync.Mutex // guards all below
	store         store
	sessions      map[uint32]*session
	lastID        uint32
	locks         map[string]uint32 // datastore to holder; 0 is an entity outside NETCONF
	partial       []partial
	lastLock      uint32
	newest        uint32 // for defects: the newest session that was served, and its framing
	newestFraming wire.Framing
	pending       *confirmedCommit
}

// Start opens the server's ports and serves until Close, or until ctx ends. It fails on an unknown profile
// or defect, naming those that are near, and on an address that cannot be listened at.
func Start(ctx context.Context, o Options) (*Server, error) {
	o, p, err := o.completed()
	if err != nil {
		return nil, fmt.Errorf("starting the reference server: %w", err)
	}
	s := newServer(o, p)
	if err := s.prepare(); err != nil {
		return nil, fmt.Errorf("starting the reference server: %w", err)
	}
	s.life, s.dies = context.WithCancel(context.WithoutCancel(ctx))
	s.serve()
	s.stopAfter = context.AfterFunc(ctx, func() { s.hangUp() })
	return s, nil
}

// prepare opens the ports, and makes the folder for files where file: URLs are served.
func (s *Server) prepare() error {
	err := s.open()
	if err == nil && contains(s.profile.schemes, "file") {
		s.files, err = newFiles()
	}
	if err != nil {
		err = errors.Join(err, s.closePorts(), s.tls.remove())
	}
	return err
}

func newServer(o Options, p profile) *Server {
	s := &Server{options: o, profile: p, schema: p.schema(), operations: operationsOf(p),
		defects: map[string]bool{}, started: o.Clock.Now(), sessions: map[uint32]*session{},
		locks: map[string]uint32{}, namespaces: map[string]bool{}, http: newHTTPClient()}
	for _, d := range o.Defects {
		s.defects[d] = true
	}
	s.hostile, _ = parseHostility(o.Hostile) // completed has seen that it can be read
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
	return errors.Join(err, s.files.remove(), s.tls.remove())
}

// hangUp closes the ports and all connections.
func (s *Server) hangUp() error {
	s.connections.Lock()
	defer s.connections.Unlock()
	if s.connections.closed {
		return nil
	}
	s.connections.closed = true
	s.dies()
	err := s.closePorts()
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
