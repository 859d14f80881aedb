package datastore

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/match"

	. "github.com/ncspec/ncspec/harness/dsl"
)

// maxFile bounds a file that the device may send us, in octets.
const maxFile = 64 << 20

// web is an HTTP server that keeps files: GET, PUT and DELETE.
type web struct {
	visits atomic.Int64 // requests that have come
	mutex  sync.Mutex
	files  map[string][]byte
}

// ownServer starts an HTTP server on a loopback address, which ends with the spec.
func ownServer(ctx context.Context) location {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	Given(err).To(Succeed())
	w := &web{files: map[string][]byte{}}
	server := &http.Server{Handler: w, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }() // ends by Close
	ginkgo.DeferCleanup(func() { _ = server.Close() })
	return location{scheme: "http", url: "http://" + listener.Addr().String() + "/", files: w, own: w}
}

// ServeHTTP answers the device.
func (w *web) ServeHTTP(out http.ResponseWriter, in *http.Request) {
	w.visits.Add(1)
	name := strings.TrimPrefix(in.URL.Path, "/")
	content, err := w.Read(name)
	switch in.Method {
	case http.MethodPut:
		body, failed := io.ReadAll(io.LimitReader(in.Body, maxFile))
		if failed != nil {
			out.WriteHeader(http.StatusBadRequest)
			return
		}
		_ = w.Write(name, body)
		out.WriteHeader(http.StatusNoContent)
	case http.MethodGet, http.MethodHead, http.MethodDelete:
		if err != nil {
			out.WriteHeader(http.StatusNotFound)
			return
		}
		if in.Method == http.MethodDelete {
			_ = w.Remove(name)
		}
		out.Header().Set("Content-Type", "application/xml")
		_, _ = out.Write(content)
	default:
		out.WriteHeader(http.StatusMethodNotAllowed)
	}
}

// Read gives a file's content.
func (w *web) Read(name string) ([]byte, error) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	content, there := w.files[name]
	if !there {
		return nil, fmt.Errorf("there is no file %q", name)
	}
	return content, nil
}

// Write makes a file.
func (w *web) Write(name string, content []byte) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.files[name] = content
	return nil
}

// Remove deletes a file.
func (w *web) Remove(name string) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	delete(w.files, name)
	return nil
}
