package reference

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func copyOf(target, source string) string {
	return "<copy-config><target>" + target + "</target><source>" + source + "</source></copy-config>"
}

func at(url string) string { return "<url>" + url + "</url>" }

func inside(folder, name string) string { return filepath.Join(folder, name) }

func put(t *testing.T, s *Server, name, content string) {
	t.Helper()
	NewWithT(t).Expect(os.WriteFile(inside(s.Files(), name), []byte(content), 0o600)).To(Succeed())
}

func TestFileURLs(t *testing.T) {
	g := NewWithT(t)
	s := start(t, Options{})
	c := open(t, s)
	c.ok(copyOf(at("file:///saved.xml"), "<running/>"))
	saved, err := os.ReadFile(inside(s.Files(), "saved.xml"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(saved)).To(HavePrefix(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<config xmlns="` + baseNS + `"><system xmlns="` + Namespace + `">`))
	c.ok(edit("candidate", place("A")))
	c.ok(copyOf("<candidate/>", at("\n file:///saved.xml ")))
	g.Expect(c.data("candidate")).To(Equal(c.data("running")))
	c.ok("<validate><source>" + at("file:///saved.xml") + "</source></validate>")
	c.errorTag(copyOf(at("file:///saved.xml"), at("file://localhost/x/../saved.xml")), "invalid-value")
	c.ok(copyOf(at("file:///again.xml"), at("file:///saved.xml")))
	c.ok("<delete-config><target>" + at("file:///again.xml") + "</target></delete-config>")
	c.errorTag("<delete-config><target>"+at("file:///again.xml")+"</target></delete-config>", "operation-failed")
	c.errorTag(copyOf("<candidate/>", at("file:///again.xml")), "operation-failed")
	g.Expect(os.ReadDir(s.Files())).To(HaveLen(1))
}

func TestEditByURL(t *testing.T) {
	s := start(t, Options{})
	c := open(t, s)
	byURL := `<edit-config><target><candidate/></target>` + at("file:///edit.xml") + `</edit-config>`
	wrap := func(content string) string {
		return `<config xmlns="` + baseNS + `" xmlns:nc="` + baseNS + `">` + content + `</config>`
	}
	put(t, s, "edit.xml", wrap(system(`<contact nc:operation="delete"/><location nc:operation="merge">File</location>`)))
	c.ok(byURL)
	c.g.Expect(c.location("candidate")).To(Equal("File"))
	for content, tag := range map[string]string{
		"<config":                     "invalid-value",
		"<data/>":                     "invalid-value",
		"<config>x</config>":          "invalid-value",
		wrap("x"):                     "invalid-value",
		wrap(system("<x/>")):          "unknown-element",
		wrap(`<x xmlns="urn:none"/>`): "unknown-namespace",
	} {
		put(t, s, "edit.xml", content)
		c.errorTag(byURL, tag)
	}
	c.errorTag(`<edit-config><target><candidate/></target>`+at("file:///edit.xml")+`<config/></edit-config>`, "bad-element")
	c.g.Expect(c.location("candidate")).To(Equal("File"))
	put(t, s, "broken.xml", wrap(services("<pool/>")))
	c.errorTag("<validate><source>"+at("file:///broken.xml")+"</source></validate>", "operation-failed")
	c.errorTag(copyOf("<running/>", at("file:///broken.xml")), "operation-failed")
	c.ok(copyOf("<candidate/>", at("file:///broken.xml")))
}

// TestNoPathLeavesTheFolder tries the ways out that there are: dots, links, other hosts.
func TestNoPathLeavesTheFolder(t *testing.T) {
	g := NewWithT(t)
	s := start(t, Options{})
	c := open(t, s)
	outside := filepath.Join(t.TempDir(), "outside.xml")
	g.Expect(os.WriteFile(outside, []byte(`<config xmlns="`+baseNS+`"/>`), 0o600)).To(Succeed())
	g.Expect(os.Symlink(outside, inside(s.Files(), "link.xml"))).To(Succeed())
	g.Expect(os.Mkdir(inside(s.Files(), "folder"), 0o700)).To(Succeed())
	for url, tag := range map[string]string{
		"file://" + outside:                              "operation-failed",
		"file:///../../../../../../../.." + outside:      "operation-failed",
		"file:///%2e%2e/%2e%2e/%2e%2e/%2e%2e/" + outside: "operation-failed",
		"file:///link.xml":                               "operation-failed",
		"file:///folder":                                 "operation-failed",
		"file:///none/x.xml":                             "operation-failed",
		"file:///%00":                                    "operation-failed",
		"file:///%ff" + strings.Repeat("x", 1000):        "operation-failed",
		"file:///":                                       "invalid-value",
		"file:///folder/":                                "invalid-value",
		"file:x.xml":                                     "invalid-value",
		"file://elsewhere/x.xml":                         "invalid-value",
		"file:///x.xml?y":                                "invalid-value",
		"x.xml":                                          "invalid-value",
		"":                                               "invalid-value",
		"x-none://ncspec.invalid/probe":                  "invalid-value",
		"https://127.0.0.1/":                             "invalid-value",
		"http://ncspec.invalid/":                         "invalid-value",
		"http://192.0.2.1/":                              "invalid-value",
	} {
		c.errorTag(copyOf("<candidate/>", at(url)), tag)
		if url != "file:///link.xml" { // the link itself may be deleted
			c.errorTag("<delete-config><target>"+at(url)+"</target></delete-config>", tag)
		}
	}
	g.Expect(outside).To(BeAnExistingFile())
	g.Expect(s.Close()).To(Succeed())
	g.Expect(s.Close()).To(Succeed(), "again")
	g.Expect(s.Files()).NotTo(BeADirectory())
	g.Expect(outside).To(BeAnExistingFile())
}

func TestHTTPURLs(t *testing.T) {
	g := NewWithT(t)
	stored := ""
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/away":
			http.Redirect(w, r, "/config", http.StatusFound)
		case r.Method == http.MethodPut:
			all, _ := io.ReadAll(r.Body)
			stored = r.Header.Get("Content-Type") + " " + string(all)
			w.WriteHeader(http.StatusCreated)
		case r.URL.Path == "/config":
			io.WriteString(w, `<config xmlns="`+baseNS+`">`+place("Web")+`</config>`)
		default:
			http.NotFound(w, r)
		}
	}))
	defer h.Close()
	c := open(t, start(t, Options{}))
	c.ok(copyOf(at(h.URL+"/saved"), "<running/>"))
	g.Expect(stored).To(HavePrefix("application/xml <?xml"))
	c.ok(copyOf("<candidate/>", at(strings.Replace(h.URL, "127.0.0.1", "localhost", 1)+"/config")))
	g.Expect(c.location("candidate")).To(Equal("Web"))
	c.errorTag(copyOf("<candidate/>", at(h.URL+"/away")), "operation-failed")
	c.errorTag(copyOf("<candidate/>", at(h.URL+"/none")), "operation-failed")
	c.errorTag(copyOf(at(h.URL), at(h.URL+"/")), "invalid-value")
	c.errorTag("<delete-config><target>"+at(h.URL+"/saved")+"</target></delete-config>", "operation-not-supported")
	h.Close()
	c.errorTag(copyOf("<candidate/>", at(h.URL+"/config")), "operation-failed")
}

// TestHTTPEndsWithTheSession kills a session, and then a server, that wait for an HTTP server which never answers.
func TestHTTPEndsWithTheSession(t *testing.T) {
	asked := make(chan bool, 2)
	h := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked <- true
		<-r.Context().Done()
	}))
	defer h.Close()
	s := start(t, Options{})
	a, b := open(t, s), open(t, s)
	wait := `<rpc message-id="1" xmlns="` + baseNS + `">` + copyOf("<candidate/>", at(h.URL)) + `</rpc>`
	a.send(wait)
	<-asked
	b.ok("<kill-session><session-id>" + a.sessionID() + "</session-id></kill-session>")
	a.ended()
	b.send(wait)
	<-asked
	NewWithT(t).Expect(s.Close()).To(Succeed())
}

func TestURLIsNotThereWithoutItsCapability(t *testing.T) {
	s := start(t, Options{Profile: "base10"})
	c := open(t, s)
	c.g.Expect(s.Files()).To(BeEmpty())
	c.errorTag(copyOf(at("file:///x"), "<running/>"), "unknown-element")
	c.errorTag("<edit-config><target><candidate/></target>"+at("file:///x")+"</edit-config>", "unknown-element")
	j := openOld(t, start(t, Options{Profile: "junos"}))
	j.errorTag(copyOf("<candidate/>", at("ftp://127.0.0.1/x")), "operation-failed")
	j.ok(copyOf(at("file:///x"), "<running/>"))
	j.ok(copyOf("<candidate/>", at("file:///x")))
}
