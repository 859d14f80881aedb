package datastore

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
)

// The files that specs make. They have fixed names, so that no more than these can stay behind.
const (
	file  = "ncspec-probe.xml"
	other = "ncspec-probe-2.xml"
)

// location is where the device can keep files by URL (RFC 6241 §8.8), and where the harness may see them.
type location struct {
	scheme string
	url    string // of all files there; the name follows
	files  store  // nil where the harness has no access
	own    *web   // the HTTP server of ours, nil for another place
}

// store is how the harness reaches the files of a location.
type store interface {
	Read(name string) ([]byte, error)
	Write(name string, content []byte) error
	Remove(name string) error
}

// at names a file there as a source or target.
func (l location) at(name string) string { return netconf.URL(l.url + name) }

// folder is a location's folder on this machine.
type folder string

// Read gives a file's content.
func (f folder) Read(name string) ([]byte, error) { return os.ReadFile(filepath.Join(string(f), name)) }

// Write makes a file.
func (f folder) Write(name string, content []byte) error {
	return os.WriteFile(filepath.Join(string(f), name), content, 0o644)
}

// Remove deletes a file.
func (f folder) Remove(name string) error { return os.Remove(filepath.Join(string(f), name)) }

// schemes lists what the url capability announces (RFC 6241 §8.8.3), in lower case.
func schemes(ctx context.Context) []string {
	c, _ := FromContext(ctx).Claims.Get("url")
	var all []string
	for _, list := range c.Params["scheme"] {
		all = append(all, strings.Split(strings.ToLower(list), ",")...)
	}
	return all
}

// locations lists where files can be kept: what the target file names of the announced schemes, and an HTTP server of
// our own where the device is on this machine. The files that the harness can reach are gone when the spec is over.
func locations(ctx context.Context) []location {
	known := schemes(ctx)
	var all []location
	for _, p := range FromContext(ctx).Target.Places {
		if !slices.Contains(known, p.Scheme()) {
			continue
		}
		all = append(all, fromTarget(p))
	}
	if slices.Contains(known, "http") && local(FromContext(ctx).Target) {
		all = append(all, ownServer(ctx))
	}
	for _, l := range all {
		if l.files != nil {
			ginkgo.DeferCleanup(func() {
				for _, name := range []string{file, other} {
					_ = l.files.Remove(name) // most were never made
				}
			})
		}
	}
	return all
}

func fromTarget(p target.Place) location {
	l := location{scheme: p.Scheme(), url: p.URL}
	if p.Folder != "" {
		l.files = folder(p.Folder)
	}
	return l
}

// local tells whether a target is reached over a loopback address, so that it may reach us over one.
func local(t *target.Target) bool {
	host, _, err := net.SplitHostPort(t.Address)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || ip != nil && ip.IsLoopback())
}

// theLocation gives the first location; a spec has no verdict where there is none.
func theLocation(ctx context.Context) location {
	all := locations(ctx)
	if len(all) == 0 {
		NoVerdict("no place is known where the device can keep files by URL: a target file can name one")
	}
	return all[0]
}

// reachable gives the first location whose files the harness can reach; a spec has no verdict where there is none.
func reachable(ctx context.Context) location {
	for _, l := range locations(ctx) {
		if l.files != nil {
			return l
		}
	}
	NoVerdict("no place for files is known that both the device and the harness can reach: a target file can name one")
	return location{}
}

// document is a file whose root is that start tag.
func document(start, content, end string) []byte {
	return []byte(fmt.Sprintf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n%s%s%s\n", start, content, end))
}

// configFile is a file as RFC 6241 §8.8.5 has it.
func configFile(content string) []byte {
	return document(`<config xmlns="`+netconf.BaseNamespace+`">`, content, "</config>")
}

// put puts a file where the device can read it.
func (l location) put(name string, content []byte) { Given(l.files.Write(name, content)).To(Succeed()) }

// written has the device write running to the file. A spec has no verdict where it does not.
func (l location) written(ctx context.Context, s *session.Session) {
	reply := s.RPC(ctx, netconf.Copy(l.at(file), netconf.Store(running)))
	if refused(reply) {
		NoVerdict("the device does not write to " + l.url + ": " + outcome(reply))
	}
	Given(reply).To(BeOK())
}

// unseen tells whether the place is our own HTTP server and nobody has come to it: a device that seems to be on this
// machine may be somewhere else, behind a port that is forwarded.
func (l location) unseen() bool { return l.own != nil && l.own.visits.Load() == 0 }

// mindUnseen ends the spec without a verdict where a request has failed, and the device has not come to our server.
func (l location) mindUnseen(reply *session.Reply) {
	if l.unseen() && refused(reply) {
		NoVerdict("the device has not come to the HTTP server of the harness: " + outcome(reply))
	}
}
