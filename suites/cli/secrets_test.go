package cli_test

import (
	"encoding/base64"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/transcripts/format"
)

// TestSecretsStayOut lets a canary out in every way that there is: in a request, cut by chunk headers and in CDATA, in a
// reply that a failure shows, in what is left behind, in what cannot be put back. None may reach the disk or the screen.
func TestSecretsStayOut(t *testing.T) {
	alone(t)
	t.Setenv("NCSPEC_PASSWORD", "admin")
	server := serve(t, reference.Options{})
	folder := filepath.Dir(write(t, "own.yaml", `format: ncspec-transcript/v1
id: own
title: tells secrets
touches: running
sessions: {a: {}}
steps:
  - {id: open, session: a, open: true}
  - id: request
    session: a
    send: |
      <no-such-operation><password>Canary-1</password><secret><![CDATA[Canary-2]]></secret></no-such-operation>
    expect: ["/nc:rpc-reply/nc:rpc-error"]
  - id: chunks
    session: a
    raw: "\n#68\n<rpc xmlns='urn:ietf:params:xml:ns:netconf:base:1.0' message-id='9'>\n#25\n<nothing><password>Canary\n#28\n-3</password></nothing></rpc\n#1\n>\n##\n"
    expect: ["/nc:rpc-reply"]
  - id: move
    session: a
    send: >-
      <edit-config><target><running/></target><config><system xmlns="`+reference.Namespace+`">
      <location>Canary-4</location></system></config></edit-config>
    expect: ["/nc:rpc-reply/nc:ok"]
  - id: show
    session: a
    send: <get-config><source><running/></source></get-config>
    expect: ["/nc:rpc-reply/nc:ok"]
`))
	name := filepath.Base(folder)
	device := quickly(t, server.Addr(), "secret-leaves: [location]\n")
	o := ncspec(t, "run", device, "--transcripts", folder, "--suite", name, "--no-color")
	g := NewWithT(t)
	g.Expect(o.code).To(Equal(exitViolation), "%s\n%s", o.out, o.errs)
	verdicts := o.verdicts(t)
	g.Expect(verdicts[name+"/own.chunks"]).To(Equal(verdict.Pass))
	g.Expect(verdicts[name+"/own.show"]).To(Equal(verdict.Violation))
	g.Expect(o.report(t).State.LeftBehind).To(ContainElement(HaveSuffix("location=(secret)")))
	g.Expect(o.out).To(ContainSubstring("<location>********</location>"))

	o.hides(t, "Canary", "Laboratory")
}

// hides fails where one of the words stands in what the command showed or left in its folder.
func (o outcome) hides(t *testing.T, words ...string) {
	t.Helper()
	g := NewWithT(t)
	seen := map[string]string{"the screen": o.out + o.errs}
	if o.dir != "" {
		g.Expect(filepath.WalkDir(o.dir, func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			seen[path] = string(text)
			return err
		})).To(Succeed())
	}
	for place, text := range seen {
		for _, word := range words {
			if at := strings.Index(text, word); at >= 0 {
				t.Errorf("%s shows %q: …%s…", place, word, text[max(0, at-200):min(len(text), at+200)])
			}
		}
	}
}

// canaries are secrets of which nothing may be seen, by how a server tells them.
const (
	inHello     = "Canary-hello-01"
	inCommunity = "Canary-community-02"
	inPrefix    = "Canary-prefix-03"
	inAttribute = "Canary-attribute-04"
	inCDATA     = "Canary-cdata-05"
	inKey       = "Canary+key/06AAAAB3NzaC1yc2EAAAADAQABAAABgQ"
	inJSON      = "Canary-json-07"
	inXML       = "Canary-xml-08"
	password    = "Canary-password-09 & more"
	second      = "Canary-second-10"
)

// secrets are told as data.
const secrets = `<device xmlns="urn:canary" xmlns:s="urn:canary"><community>` + inCommunity + `</community>` +
	`<s:auth-key>` + inPrefix + `</s:auth-key><user s:secret='` + inAttribute + `'/>` +
	`<password><![CDATA[` + inCDATA + `]]></password>` +
	"<text>-----BEGIN OPENSSH PRIVATE KEY-----\n" + inKey + "\n-----END OPENSSH PRIVATE KEY-----</text>" +
	`<text>{"password": "` + inJSON + `"}</text><text>&lt;token&gt;` + inXML + `&lt;/token&gt;</text></device>`

// betraying changes messages so that they tell secrets, and then tell them again where no name gives them away.
func betraying(message []byte) []byte {
	basic := base64.StdEncoding.EncodeToString([]byte("admin:" + password))
	again := strings.Join([]string{inCommunity, inPrefix, inAttribute, inCDATA, inJSON, inXML, second,
		strings.ReplaceAll(password, "&", "&amp;"), url.QueryEscape(password), basic}, " and ")
	return []byte(strings.NewReplacer(
		"</capabilities>", "<capability>http://canary/?module=m&amp;password="+inHello+"</capability></capabilities>",
		"</data>", secrets+"<n:note xmlns:n='urn:canary'>"+again+"</n:note></data>",
		"</rpc-error>", "<error-info><note xmlns='urn:canary' said='"+again+"'/></error-info></rpc-error>",
	).Replace(string(message)))
}

// TestSecretsOfAServerThatTellsThemEverywhere plants canaries in whatever a server can say, in chunks that cut each of them.
func TestSecretsOfAServerThatTellsThemEverywhere(t *testing.T) {
	alone(t)
	t.Setenv("NCSPEC_PASSWORD", password)
	t.Setenv("NCSPEC_SECOND_PASSWORD", second)
	folder := filepath.Dir(write(t, "own.yaml", `format: ncspec-transcript/v1
id: own
title: shows values without their names
touches: nothing
namespaces: {c: "urn:canary"}
sessions: {a: {}}
steps:
  - {id: open, session: a, open: true}
  - id: community
    session: a
    send: <get-config><source><running/></source></get-config>
    expect: ["//c:community = 'public'", "//c:user/@c:secret = 'x'", "//c:note = 'x'", "/nc:rpc-reply/nc:ok"]
  - id: error
    session: a
    send: <no-such-operation/>
    expect: ["/nc:rpc-reply/nc:ok"]
`))
	address := meddler(t, 7, betraying)
	device := within(t, "1s", address, "second-user: {user: guest}\n")
	o := ncspec(t, "run", device, "--transcripts", folder, "--suite", filepath.Base(folder), "--suite", "hello", "--suite", "get",
		"--suite", "errors", "--no-color")
	g := NewWithT(t)
	g.Expect(o.code).To(Equal(exitViolation), "%s\n%s", o.out, o.errs)
	g.Expect(o.report(t).Target.Capabilities).To(ContainElement(HavePrefix("http://canary/?module=m&password=****")))
	g.Expect(o.out).To(ContainSubstring("<community>*******************</community>"))
	recorded, err := os.ReadFile(filepath.Join(o.dir, "transcripts", filepath.Base(folder), "own.yaml"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(recorded)).To(ContainSubstring("#7\n"), "the chunks are as they were")
	basic := base64.StdEncoding.EncodeToString([]byte(password))[8:24]
	o.hides(t, "Canary", "canary+key", "06AAAAB3", "second-10", basic)
	whole(t, o.dir).hides(t, "Canary", "06AAAAB3", "second-10", basic)

	hello := ncspec(t, "hello", device)
	g.Expect(hello.code).To(BeZero(), hello.errs)
	g.Expect(hello.out).To(ContainSubstring("password=****"))
	hello.hides(t, "Canary")
}

// whole gives a copy of the recordings with the chunks put together: a secret may not hide between their headers.
func whole(t *testing.T, dir string) outcome {
	t.Helper()
	o := outcome{dir: t.TempDir()}
	files, err := filepath.Glob(filepath.Join(dir, "transcripts", "*", "*.yaml"))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	NewWithT(t).Expect(files).NotTo(BeEmpty())
	for i, path := range files {
		file, err := os.Open(path)
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		recording, err := format.ReadRecording(path, file)
		_ = file.Close()
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		var octets []byte
		for _, e := range recording.Events {
			octets = append(octets, effect.Unchunked(e.Octets)...)
		}
		writeAt(t, filepath.Join(o.dir, strconv.Itoa(i)), string(octets))
	}
	return o
}

// A key that cannot be read is told by its file, not by what is in it.
func TestAKeyIsNotShown(t *testing.T) {
	alone(t)
	server := serve(t, reference.Options{})
	for _, text := range []string{"Canary", "-----BEGIN OPENSSH PRIVATE KEY-----\nCanary\n-----END OPENSSH PRIVATE KEY-----\n"} {
		o := ncspec(t, "run", "ssh://admin@"+server.Addr(), "--host-key", "accept", "--identity", write(t, "id_canary", text))
		NewWithT(t).Expect(o.code).NotTo(BeZero())
		NewWithT(t).Expect(o.errs + o.out).To(ContainSubstring("id_canary"))
		o.hides(t, "Canary")
	}
}

func TestAPasswordOnTheCommandLineIsNotShown(t *testing.T) {
	alone(t)
	for _, target := range []string{"ssh://admin:Canary@device", "ssh://admin:Can#ary@device", "ssh://admin:C%ary@device:830", "ssh://admin:Can/ary@device"} {
		o := ncspec(t, "run", target)
		NewWithT(t).Expect(o.code).To(Equal(exitUsage))
		NewWithT(t).Expect(o.errs).To(ContainSubstring("NCSPEC_PASSWORD"), target)
		o.hides(t, "Can", "ary")
	}
}
