// Package schema finds in a server's own YANG modules what a run may change harmlessly, where no profile is known for it.
package schema

import (
	"context"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"github.com/openconfig/goyang/pkg/yang"

	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// monitoring is the module that get-schema is of (RFC 6022 §3.1).
const monitoring = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring"

// Source gives the text of a YANG module; revision "" is any. What it does not have is an error.
type Source func(ctx context.Context, name, revision string) (string, error)

// Served gets modules from a server by get-schema.
func Served(s *session.Session) Source {
	return func(ctx context.Context, name, revision string) (string, error) {
		reply := s.RPC(ctx, getSchema(name, revision))
		if reply.Outcome != session.Answered || len(reply.Errors) > 0 {
			return "", fmt.Errorf("getting the module %s: %s", name, match.Show(reply))
		}
		x, err := netconf.CompileXPath("/nc:rpc-reply/m:data", netconf.Namespaces{"m": monitoring})
		if err != nil {
			return "", err
		}
		texts := x.Strings(reply.Document)
		if len(texts) == 0 {
			return "", fmt.Errorf("getting the module %s: the reply holds no data: %s", name, match.Show(reply))
		}
		return texts[0], nil
	}
}

func getSchema(name, revision string) string {
	version := ""
	if revision != "" {
		version = "<version>" + escape(revision) + "</version>"
	}
	return `<get-schema xmlns="` + monitoring + `"><identifier>` + escape(name) + `</identifier>` + version + `<format>yang</format></get-schema>`
}

func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a strings.Builder takes everything
	return b.String()
}

// limits on what is read of a server's schema.
const (
	mostModules = 200
	mostOctets  = 4 << 20 // of one module
)

// modules reads a module and all that it needs, as far as the source has it.
type modules struct {
	source Source
	read   *yang.Modules
	texts  map[string]bool
}

func newModules(source Source) *modules {
	m := &modules{source: source, read: yang.NewModules(), texts: map[string]bool{}}
	m.read.ParseOptions.IgnoreSubmoduleCircularDependencies = true
	return m
}

// load reads a module, and what it imports and includes.
func (m *modules) load(ctx context.Context, name, revision string) error {
	if m.texts[name] {
		return nil
	}
	if len(m.texts) >= mostModules {
		return fmt.Errorf("more than %d modules are needed", mostModules)
	}
	text, err := m.source(ctx, name, revision)
	if err != nil {
		return err
	}
	if len(text) > mostOctets {
		return fmt.Errorf("the module %s has more than %d octets", name, mostOctets)
	}
	m.texts[name] = true
	if err := m.read.Parse(text, name+".yang"); err != nil {
		return fmt.Errorf("reading the module %s: %w", name, err)
	}
	for _, needed := range m.needs(name) {
		if err := m.load(ctx, needed, ""); err != nil {
			return err
		}
	}
	return nil
}

// needs are the names of the modules that one imports or includes.
func (m *modules) needs(name string) []string {
	module := m.read.Modules[name]
	if module == nil {
		module = m.read.SubModules[name]
	}
	if module == nil {
		return nil
	}
	var all []string
	for _, i := range module.Import {
		all = append(all, i.Name)
	}
	for _, i := range module.Include {
		all = append(all, i.Name)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
