package target

import (
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"github.com/goccy/go-yaml"
)

// Draft is what a target file is written from: how a server was reached by SSH, and what it has said.
type Draft struct {
	// Given is the target as it was named, before any ssh config was followed.
	Given Target
	// Reached is the target as it was reached.
	Reached Target
	// HostKey is the fingerprint of the server's host key, "SHA256:…".
	HostKey string
	// HostKeyNote says what key that is, and how it was verified.
	HostKeyNote string
	// Capabilities are those of the server's hello.
	Capabilities []string
	// Profile is the built-in fixture that fits the hello; "" none does.
	Profile string
	// Leaf is one found in the server's own modules, and its path for people; nil none.
	Leaf     *Leaf
	LeafPath string
	// At is when the hello was read.
	At time.Time
}

// YAML is the target file: it loads, and says where else things could be said.
func (d Draft) YAML() []byte {
	w := &writer{}
	w.comment("A target file of ncspec, from the hello of %s at %s.", d.Reached.Address, d.At.UTC().Format("2006-01-02 15:04:05 UTC"))
	w.comment("All keys and what they mean: ncspec target schema")
	w.gap()
	d.way(w)
	w.gap()
	d.login(w)
	w.gap()
	d.limits(w)
	w.gap()
	d.fixture(w)
	w.gap()
	w.comment("The server claims:")
	for _, capability := range d.Capabilities {
		w.comment("  %s", capability)
	}
	return []byte(w.String())
}

// way writes how the server is reached. What the ssh config says stays there.
func (d Draft) way(w *writer) {
	host := hostOf(d.Given.Address)
	_, port, _ := net.SplitHostPort(d.Reached.Address)
	w.key("name", host)
	w.key("address", net.JoinHostPort(host, port))
	w.key("user", d.Reached.User)
	w.comment("Pinned: %s", d.HostKeyNote)
	w.key("host-key", d.HostKey)
	if d.Given.SSHConfig != "" {
		w.key("ssh-config", absolute(d.Given.SSHConfig))
	}
	if d.Given.LegacyAlgorithms {
		w.key("legacy-algorithms", true)
	}
	switch {
	case d.Given.Jumps != nil:
		w.key("jumps", jumpsOf(d.Given.Jumps))
	case len(d.Reached.Jumps) > 0:
		w.comment("The jump hosts are those of the ssh config.")
	}
	if hostOf(d.Reached.Address) != host {
		w.comment("The ssh config says that this is %s.", d.Reached.Address)
	}
}

// jumpsOf writes jump hosts as they were named.
func jumpsOf(jumps []Jump) []map[string]string {
	all := []map[string]string{}
	for _, j := range jumps {
		hop := map[string]string{"address": j.Address}
		if j.User != "" {
			hop["user"] = j.User
		}
		all = append(all, hop)
	}
	return all
}

func absolute(file string) string {
	if file == NoAgent { // as an ssh config, none is none too
		return file
	}
	if path, err := filepath.Abs(file); err == nil {
		return path
	}
	return file
}

func (d Draft) login(w *writer) {
	var identities []string
	for _, file := range d.Given.Identities {
		identities = append(identities, absolute(file))
	}
	if identities != nil {
		w.key("identities", identities)
	}
	w.comment("The password comes from this variable, or is asked for. It may be elsewhere, but never in this file:")
	w.comment("  password: {file: ~/.router-password}")
	w.comment("  password: {command: [pass, show, lab/router]}")
	w.key("password-env", d.Given.PasswordEnv)
	w.comment("A user with fewer rights (NACM):")
	w.comment("  second-user: {user: guest, password-env: %s}", DefaultSecondPasswordEnv)
	w.comment("Where the device can keep files by URL, and the same folder here where there is one:")
	w.comment("  urls: [{url: file:///var/tmp/, folder: /srv/device/tmp}]")
}

func (d Draft) limits(w *writer) {
	w.comment("What a run may touch: read-only, candidate, running (fixture data only, put back) or disruptive.")
	w.key("safety", "running")
	w.comment("How long the server gets for what it must do.")
	w.key("grace", d.Reached.Grace.String())
}

// fixture writes what may be changed.
func (d Draft) fixture(w *writer) {
	if d.Profile != "" {
		w.comment("What a run may change: this built-in fixture fits the hello. See also the key fixture.")
		w.key("profile", d.Profile)
		return
	}
	if d.Leaf != nil {
		w.comment("What a run may change: %s, found in the server's own YANG. It was tried and not committed; look whether", d.LeafPath)
		w.comment("you want a run to change it.")
		w.key("fixture", fixtureOf(d.Leaf))
		return
	}
	w.comment("No built-in fixture fits the hello: specs that change data do not run until one is named here, such as")
	w.comment("  fixture:")
	w.comment("    namespaces: {sys: urn:example:system}")
	w.comment("    leaf: {path: /sys:system/sys:contact, values: [ncspec-a, ncspec-b]}")
}

// fixtureOf writes a leaf as a target file has it.
func fixtureOf(leaf *Leaf) map[string]any {
	prefixes, path := prefixOf(leaf.Path), ""
	for _, node := range leaf.Path {
		path += "/" + prefixes[node.Namespace] + ":" + node.Local
	}
	return map[string]any{"namespaces": namespaces(leaf.Path), "leaf": map[string]any{"path": path, "values": leaf.Values[:]}}
}

// writer writes YAML, a key and its value at a time.
type writer struct{ strings.Builder }

// comment writes a line that means nothing. Nothing in it can end the line.
func (w *writer) comment(format string, values ...any) {
	text := strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, fmt.Sprintf(format, values...))
	w.WriteString("# " + text + "\n")
}

func (w *writer) gap() { w.WriteByte('\n') }

// key writes a key of the file. Texts and lists of them cannot fail to be written.
func (w *writer) key(name string, value any) {
	text, err := yaml.Marshal(map[string]any{name: value})
	if err == nil {
		w.Write(text)
	}
}
