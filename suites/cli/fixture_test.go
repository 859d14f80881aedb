package cli_test

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/wire"
)

// deviceModule is of a device that no profile knows.
const deviceModule = `module device { namespace "urn:example:device"; prefix d;
  container site { leaf label { type string { length "1..20"; } } leaf contact { type string; } } }`

var messageID = regexp.MustCompile(`message-id="([^"]*)"`)

// unknownDevice serves one module, and refuses what is to be tried where it holds a text. It counts the sessions that have
// begun and not said that they end.
func unknownDevice(refuses string, open *atomic.Int64) func(gossh.Channel) {
	return func(c gossh.Channel) {
		defer c.Close()
		_, _ = c.Write(wire.Append(nil, wire.EndOfMessage, netconf.MarshalHello(1, netconf.Base10,
			"urn:ietf:params:netconf:capability:candidate:1.0", "urn:ietf:params:netconf:capability:validate:1.1",
			"urn:example:device?module=device&revision=2026-01-01", "urn:example:users?module=vendor-users")))
		requests := bufio.NewScanner(c)
		requests.Split(atMark)
		for requests.Scan() {
			request, body := requests.Text(), "<data/>"
			switch {
			case strings.Contains(request, "<hello"):
				open.Add(1)
				continue
			case strings.Contains(request, "<get-schema"):
				var text strings.Builder
				_ = xml.EscapeText(&text, []byte(deviceModule))
				body = `<data xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring">` + text.String() + "</data>"
			case strings.Contains(request, "<test-option>test-only") && refuses != "" && strings.Contains(request, refuses):
				body = "<rpc-error><error-type>application</error-type><error-tag>access-denied</error-tag><error-severity>error</error-severity></rpc-error>"
			case strings.Contains(request, "-session") || strings.Contains(request, "<edit-config"):
				body = "<ok/>"
			}
			id := messageID.FindStringSubmatch(request)[1]
			_, _ = io.WriteString(c, fmt.Sprintf(`<rpc-reply xmlns=%q message-id="%s">%s</rpc-reply>%s`, netconf.BaseNamespace, id, body, wire.EndOfMessageMark))
			if strings.Contains(request, "close-session") {
				open.Add(-1)
				return
			}
		}
	}
}

// atMark splits what comes in end-of-message framing.
func atMark(data []byte, _ bool) (int, []byte, error) {
	if at := strings.Index(string(data), wire.EndOfMessageMark); at >= 0 {
		return at + len(wire.EndOfMessageMark), data[:at], nil
	}
	return 0, nil, nil
}

func TestAFixtureFromTheServersOwnYANG(t *testing.T) {
	for name, c := range map[string]struct {
		refuses, path string
		tells         []string
	}{
		"the best leaf":              {"", "/device:site/contact", []string{"passed over vendor-users: modules about user are left alone"}},
		"the next one":               {"<contact>", "/device:site/label", []string{"passed over /device:site/contact: ", "access-denied"}},
		"none that the server takes": {"<site", "", []string{"access-denied", "no leaf was found that can be changed harmlessly"}},
	} {
		t.Run(name, func(t *testing.T) {
			alone(t)
			g, file := NewWithT(t), filepath.Join(t.TempDir(), "device.yaml")
			var open atomic.Int64
			o := ncspec(t, "target", "init", "ssh://admin@"+subsystem(t, unknownDevice(c.refuses, &open)), "--host-key", "accept", "--fixture", "--out", file)
			g.Expect(o.code).To(Equal(0), o.errs)
			g.Expect(open.Load()).To(BeZero(), "every session was closed")
			for _, text := range c.tells {
				g.Expect(o.errs).To(ContainSubstring(text))
			}
			written, err := os.ReadFile(file)
			g.Expect(err).NotTo(HaveOccurred())
			if c.path == "" {
				g.Expect(string(written)).NotTo(ContainSubstring("\nfixture:"))
				return
			}
			g.Expect(o.out).To(ContainSubstring("fixture " + c.path + ": the server takes it"))
			g.Expect(string(written)).To(And(ContainSubstring("\nfixture:\n"), ContainSubstring("urn:example:device"),
				ContainSubstring(strings.ReplaceAll(strings.TrimPrefix(c.path, "/device:"), "/", "/f1:"))))
		})
	}
}
