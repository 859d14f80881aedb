package datastore

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/effect"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func urls() {
	ginkgo.Describe("RFC 6241 §8.8, url", func() {
		schemeParameter()
		accepted()
		unlistedScheme()
		editByURL()
		badRoot()
		urlUnavailable()
		copyUnavailable()
		writeFile()
		readFile()
		unreachable()
		deleteFile()
		validateFile()
	})
}

// schemeList is the value of the argument scheme: schemes of RFC 3986 §3.1, separated by commas.
var schemeList = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*(?:,[A-Za-z][A-Za-z0-9+.-]*)*$`)

func schemeParameter() {
	const id = "rfc6241-8.8.3-identifier-scheme"
	It("lists the schemes of its URLs", Spec("datastore/url-schemes"), Covers(id), func(ctx ginkgo.SpecContext) {
		c, _ := Open(ctx).Hello().Capabilities.Get("url")
		Demand(id, len(c.Params["scheme"])).To(Equal(1))
		Demand(id, c.Params["scheme"][0]).To(Hold("one or more schemes, separated by commas", schemeList.MatchString))
		Observe("further arguments of the url capability", len(c.Params)-1)
	})
}

func accepted() {
	const id = "rfc6241-8.8.1-url-accepted"
	It("takes URLs of each scheme that it lists", Spec("datastore/url-accepted"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		all := locations(ctx)
		if len(all) == 0 {
			NoVerdict("no place is known where the device can keep files by URL: a target file can name one")
		}
		for _, l := range all {
			out := s.RPC(ctx, netconf.Copy(l.at(file), netconf.Store(running)))
			if !granted(out) && l.files != nil {
				l.put(file, configFile(read(ctx, s, running).xml()))
			}
			in := s.RPC(ctx, netconf.Copy(netconf.Store(FromContext(ctx).Edited()), l.at(file)))
			observeOutcome("copy to "+l.scheme, out)
			observeOutcome("copy from "+l.scheme, in)
			if granted(out) {
				in = out // one direction will do
			}
			l.mindUnseen(in)
			Demand(id, in).To(BeOK())
		}
	})
}

func unlistedScheme() {
	const id = "rfc6241-8.8.3-unlisted-scheme"
	It("takes no URL of a scheme that it does not list", Spec("datastore/url-unlisted-scheme"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			s := answering(ctx)
			demandRefused(id, "x-none", s.RPC(ctx, netconf.Copy(netconf.URL("x-none://ncspec.invalid/probe"), netconf.Store(running))))
			all := locations(ctx)
			if len(all) == 0 {
				return
			}
			_, rest, _ := strings.Cut(all[0].url+file, ":")
			for _, known := range []string{"ftp", "sftp"} {
				if !slices.Contains(schemes(ctx), known) {
					observeOutcome("copy to "+known+", which is not listed", s.RPC(ctx, netconf.Copy(netconf.URL(known+":"+rest), netconf.Store(running))))
				}
			}
		})
}

func editByURL() {
	const id = "rfc6241-8.8.5.1-edit-config-url"
	It("edits by a file", Spec("datastore/edit-by-url"), Covers(id), Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
		s, leaf, l := Open(ctx), FixtureLeaf(ctx), reachable(ctx)
		value := leaf.Other(leaf.Read(ctx, s, leaf.Store))
		l.put(file, configFile(leaf.Config(value, "merge")))
		reply := s.RPC(ctx, netconf.EditByURL(leaf.Store, l.url+file))
		l.mindUnseen(reply)
		Demand(id, reply).To(BeOK())
		Demand(id, leaf.Read(ctx, s, leaf.Store)).To(Equal(value))
	})
}

func badRoot() {
	const id = "rfc6241-8.8.5.1-edit-config-url-bad-root"
	It("does not edit by a file that cannot be read", Spec("datastore/edit-by-bad-file"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			s, leaf, l := Open(ctx), FixtureLeaf(ctx), reachable(ctx)
			before := read(ctx, s, leaf.Store)
			inner := leaf.Config(leaf.Other(leaf.Read(ctx, s, leaf.Store)), "merge")
			whole := string(configFile(inner))
			l.put(file, []byte(whole[:strings.LastIndex(whole, "</config>")]))
			reply := s.RPC(ctx, netconf.EditByURL(leaf.Store, l.url+file))
			l.mindUnseen(reply)
			demandRefused(id, "broken XML", reply)
			Demand(id, read(ctx, s, leaf.Store)).To(beEqualTo(before))

			l.put(file, document(`<data xmlns="`+netconf.BaseNamespace+`">`, inner, "</data>"))
			observeOutcome("a file with root data", s.RPC(ctx, netconf.EditByURL(leaf.Store, l.url+file)))
			l.put(file, document("<config>", inner, "</config>"))
			observeOutcome("a file with root config in no namespace", s.RPC(ctx, netconf.EditByURL(leaf.Store, l.url+file)))
		})
}

const unavailableID = "rfc6241-8.8.5.1-url-unavailable"

func urlUnavailable() {
	It("does not edit by a URL without the capability", Spec("datastore/edit-by-url-unavailable"), Covers(unavailableID),
		func(ctx ginkgo.SpecContext) {
			edit := netconf.EditByURL(FromContext(ctx).Edited(), "file:///"+file)
			demandRefused(unavailableID, "edit-config with url", answering(ctx).RPC(ctx, edit))
		})
}

// copyUnavailable may leave a file behind on a device that takes the request.
func copyUnavailable() {
	It("does not copy to a URL without the capability", Spec("datastore/copy-to-url-unavailable"), Covers(unavailableID),
		Touches(effect.Server), func(ctx ginkgo.SpecContext) {
			s, at := answering(ctx), netconf.URL("file:///tmp/"+file)
			reply := s.RPC(ctx, netconf.Copy(at, netconf.Store(running)))
			if granted(reply) {
				observeOutcome("delete-config of the file", s.RPC(ctx, netconf.Delete(at)))
			}
			demandRefused(unavailableID, "copy-config to url", reply)
		})
}

func writeFile() {
	const id = "rfc6241-8.8.5.2-copy-config-url-target"
	It("writes a datastore to a file", Spec("datastore/copy-to-url"), Covers(id), func(ctx ginkgo.SpecContext) {
		s, l := answering(ctx), theLocation(ctx)
		reply := s.RPC(ctx, netconf.Copy(l.at(file), netconf.Store(running)))
		if l.own != nil && refused(reply) {
			NoVerdict("the device does not write to the HTTP server of the harness: " + outcome(reply))
		}
		Demand(id, reply).To(BeOK())
		if l.files != nil {
			demandFile(l, id, read(ctx, s, running))
			return
		}
		if !announces(ctx, "candidate") {
			NoVerdict("the harness cannot read the file, and there is no candidate to copy it to")
		}
		Given(s.RPC(ctx, netconf.Copy(netconf.Store(candidate), l.at(file)))).To(BeOK())
		Demand(id, read(ctx, s, candidate)).To(beEqualTo(read(ctx, s, running)))
	})
}

// demandFile judges a file that the device has written, where the harness can see it.
func demandFile(l location, id string, wanted configuration) {
	if l.files == nil {
		return
	}
	content, err := l.files.Read(file)
	Demand(id, err == nil).To(BeTrue("the file is not there"))
	d, _ := netconf.Parse(content)
	Demand(id, d != nil).To(BeTrue("the file is not well-formed XML: " + Octets(content)))
	Demand(id, d).To(HaveXPath("/nc:config"))
	Demand(id, configuration{d.Root}).To(beEqualTo(wanted))
}

func readFile() {
	const id = "rfc6241-8.8.5.2-copy-config-url-source"
	It("reads a datastore from a file", Spec("datastore/copy-from-url"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			s, l, leaf := Open(ctx), theLocation(ctx), FixtureLeaf(ctx)
			before := read(ctx, s, running)
			l.written(ctx, s)
			leaf.Change(ctx, s)
			reply := s.RPC(ctx, netconf.Copy(netconf.Store(leaf.Store), l.at(file)))
			if leaf.Store == running {
				replacedOrRefused(ctx, s, id, reply, before, read(ctx, s, running))
				return
			}
			Demand(id, reply).To(BeOK())
			Demand(id, read(ctx, s, candidate)).To(beEqualTo(before))
		})
}

// resolving bounds how long a device may look for a host that is not there.
const resolving = 30 * time.Second

func unreachable() {
	const id = "rfc6241-8.8.5.2-url-unreachable"
	It("reports a file that it cannot read", Spec("datastore/url-unreachable"), Covers(id), func(ctx ginkgo.SpecContext) {
		s, store := Open(ctx), FromContext(ctx).Edited()
		before := read(ctx, s, store)
		for _, url := range nowhere(ctx) {
			began := time.Now()
			reply := s.AwaitFor(ctx, s.Send(ctx, netconf.Copy(netconf.Store(store), netconf.URL(url))), resolving)
			Observe("seconds until the reply for "+url, time.Since(began).Seconds())
			demandRefused(id, url, reply)
			Demand(id, read(ctx, s, store)).To(beEqualTo(before))
		}
	})
}

// nowhere lists URLs of announced schemes that lead to nothing.
func nowhere(ctx context.Context) []string {
	var all []string
	for _, l := range locations(ctx) {
		all = append(all, l.url+"ncspec-not-there.xml")
	}
	known := schemes(ctx)
	if len(all) == 0 && slices.Contains(known, "file") {
		all = append(all, "file:///ncspec-not-there.xml")
	}
	for _, scheme := range []string{"http", "https", "ftp", "sftp", "scp", "tftp"} {
		if slices.Contains(known, scheme) {
			all = append(all, scheme+"://ncspec.invalid/"+file)
			break
		}
	}
	if len(all) == 0 {
		NoVerdict("no announced scheme is known here: " + strings.Join(known, ", "))
	}
	return all
}

func deleteFile() {
	const id = "rfc6241-8.8.5.3-delete-config-url"
	It("deletes a file", Spec("datastore/delete-url"), Covers(id), func(ctx ginkgo.SpecContext) {
		s, l := Open(ctx), theLocation(ctx)
		l.written(ctx, s)
		reply := s.RPC(ctx, netconf.Delete(l.at(file)))
		if l.own != nil && refused(reply) {
			NoVerdict("the device does not delete on the HTTP server of the harness: " + outcome(reply))
		}
		demandOKUnlessDenied(id, reply)
		Demand(id, fileGone(ctx, s, l)).To(BeTrue("the file can still be read"))
	})
}

// fileGone looks for a file itself where the harness can, and else has the server read it.
func fileGone(ctx context.Context, s *session.Session, l location) bool {
	if l.files != nil {
		_, err := l.files.Read(file)
		return err != nil
	}
	return refused(useFile(ctx, s, l.at(file)))
}

func validateFile() {
	const id = "rfc6241-8.8.5.4-validate-url"
	ginkgo.Context("validate by URL", func() {
		It("finds valid what it has written itself", Spec("datastore/validate-url"), Covers(id), func(ctx ginkgo.SpecContext) {
			s, l := Open(ctx), theLocation(ctx)
			l.written(ctx, s)
			Demand(id, s.RPC(ctx, netconf.ValidateSource(l.at(file)))).To(BeOK())
		})
		It("finds an unknown element", Spec("datastore/validate-url-invalid"), Covers(id), Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
			s, l := Open(ctx), reachable(ctx)
			l.put(file, configFile(read(ctx, s, running).withUnknown(FixtureLeaf(ctx)).xml()))
			reply := s.RPC(ctx, netconf.ValidateSource(l.at(file)))
			l.mindUnseen(reply)
			demandRefused(id, "unknown element", reply)
		})
	})
}
