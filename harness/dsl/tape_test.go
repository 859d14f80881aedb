package dsl_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/redact"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/harness/wire"
	"github.com/ncspec/ncspec/transcripts/format"
)

const canary = "Canary-7Hq"

// recorded runs a spec with a folder for its recording, and gives the spec's outcome and the file's text.
func recorded(t *testing.T, body func(ginkgo.SpecContext)) (verdict.Spec, string) {
	t.Helper()
	folder := t.TempDir()
	l := newLab(t, reference.Options{}, func(r *dsl.Run) {
		r.Recordings = folder
		redactor, err := redact.New("location") // that of the reference server is "Laboratory"
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		r.Redactor = redactor
	})
	spec := l.one(body, dsl.Covers(must))
	l.Expect(spec.Transcript).To(Equal("transcripts/lab/spec.yaml"))
	text, err := os.ReadFile(filepath.Join(folder, spec.Transcript))
	l.Expect(err).NotTo(HaveOccurred())
	return spec, string(text)
}

func TestWhatPassesIsRecorded(t *testing.T) {
	_, text := recorded(t, func(ctx ginkgo.SpecContext) {
		s := dsl.Open(ctx, dsl.Named("asker"))
		dsl.Demand(must, s.Ping(ctx)).To(match.CarryData())
		s.Note("seen by %s", "us")
	})
	g := NewWithT(t)
	for _, part := range []string{"asker", "<hello", "get-config", "rpc-reply", "seen by us"} {
		g.Expect(text).To(ContainSubstring(part))
	}
	_, err := format.Parse("spec.yaml", []byte(text))
	g.Expect(err).NotTo(HaveOccurred(), "a recording is a transcript")
}

func TestSecretsAreNotRecorded(t *testing.T) {
	secret := "<secret-operation><password>" + canary + "</password></secret-operation>"
	for name, body := range map[string]func(ginkgo.SpecContext, *session.Session){
		"in a request":        func(ctx ginkgo.SpecContext, s *session.Session) { s.RPC(ctx, secret) },
		"cut by chunks":       func(ctx ginkgo.SpecContext, s *session.Session) { s.RPC(ctx, secret, session.InChunks(3)) },
		"in chunks of one":    func(ctx ginkgo.SpecContext, s *session.Session) { s.RPC(ctx, secret, session.InChunks(1)) },
		"in broken framing":   func(ctx ginkgo.SpecContext, s *session.Session) { _ = s.Break(ctx, []byte("\n#0\n"+secret)) },
		"in a remark":         func(_ ginkgo.SpecContext, s *session.Session) { s.Note("%s", secret) },
		"in a reply, as data": func(ctx ginkgo.SpecContext, s *session.Session) { s.GetConfig(ctx, datastore.Running, "") },
		"over several writes": func(ctx ginkgo.SpecContext, s *session.Session) {
			r, frame := s.Frame(secret)
			at := strings.Index(string(frame), canary)
			s.Await(ctx, s.SendAs(ctx, []netconf.Request{r}, wire.Cut(frame, at, at+3, at+6)...)[0])
		},
		"octet by octet": func(ctx ginkgo.SpecContext, s *session.Session) {
			_, frame := s.Frame(secret)
			for _, octet := range frame {
				_ = s.Write(ctx, []byte{octet})
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, text := recorded(t, func(ctx ginkgo.SpecContext) {
				s := dsl.Open(ctx)
				body(ctx, s)
				holds(must)(ctx)
			})
			g := NewWithT(t)
			g.Expect(whole(t, text)).NotTo(Or(ContainSubstring(canary[:4]), ContainSubstring("Laboratory")))
			g.Expect(text).To(ContainSubstring("*"))
		})
	}
}

// whole gives the text of a recording, and behind it the octets of all its steps in one.
func whole(t *testing.T, text string) string {
	t.Helper()
	transcript, err := format.Parse("spec.yaml", []byte(text))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	var octets []byte
	for _, step := range transcript.Steps {
		octets = append(octets, step.Octets...)
	}
	return text + string(octets) + string(effect.Unchunked(octets))
}

func TestSecretsAreNotTold(t *testing.T) {
	spec, text := recorded(t, func(ctx ginkgo.SpecContext) {
		reply := dsl.Open(ctx).GetConfig(ctx, datastore.Running, "")
		dsl.Observe("what came", string(reply.Message.Octets))
		dsl.Demand(must, reply).To(match.BeOK())
	})
	g := NewWithT(t)
	g.Expect(spec.Verdict).To(Equal(verdict.Violation))
	g.Expect(spec.Message).To(ContainSubstring("<location>**********</location>"))
	g.Expect(spec.Observations[0].Value).To(ContainSubstring("<location>**********</location>"))
	g.Expect(text + spec.Message + spec.Reason).NotTo(ContainSubstring("Laboratory"))

	spec, _ = recorded(t, func(ctx ginkgo.SpecContext) {
		dsl.Given(dsl.Open(ctx).GetConfig(ctx, datastore.Running, "")).To(match.BeOK())
	})
	g.Expect(spec.Verdict).To(Equal(verdict.Error))
	g.Expect(spec.Message).To(ContainSubstring("<location>**********</location>"))
}

func TestABrokenDemandLeadsToTheMessageInTheRecording(t *testing.T) {
	spec, text := recorded(t, func(ctx ginkgo.SpecContext) {
		s := dsl.Open(ctx, dsl.Named("asker"))
		s.Ping(ctx)
		dsl.Demand(must, s.Ping(ctx)).To(match.HaveXPath("/nc:rpc-reply/m:nothing").In(map[string]string{"m": "urn:m"}))
	})
	g := NewWithT(t)
	recording, err := format.ReadRecording("spec.yaml", strings.NewReader(text))
	g.Expect(err).NotTo(HaveOccurred())
	where := spec.Broken[0].Where
	g.Expect(where.XPath).To(Equal("/nc:rpc-reply/m:nothing"))
	g.Expect(where.Namespaces).To(Equal(map[string]string{"m": "urn:m"}))
	event := recording.Events[where.Event-1]
	g.Expect(event.Direction).To(Equal(format.Received))
	g.Expect(string(event.Octets)).To(ContainSubstring(`message-id="2"`))
}

func TestADemandOfWhatIsNoMessageLeadsNowhere(t *testing.T) {
	spec, _ := recorded(t, func(ctx ginkgo.SpecContext) {
		dsl.Open(ctx)
		dsl.Demand(must, errBroken).To(match.Succeed())
	})
	NewWithT(t).Expect(spec.Broken[0].Where).To(BeNil())
}

// A spec may receive more than memory holds, and a run may be killed: what has passed is on the disk at once.
func TestARecordingGrowsWhileTheSpecRuns(t *testing.T) {
	g := NewWithT(t)
	folder, during := t.TempDir(), ""
	l := newLab(t, reference.Options{}, func(r *dsl.Run) { r.Recordings = folder })
	spec := l.one(func(ctx ginkgo.SpecContext) {
		s := dsl.Open(ctx)
		dsl.Demand(must, s.Ping(ctx)).To(match.CarryData())
		files, err := filepath.Glob(filepath.Join(folder, "transcripts", "lab", "*"))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(files).To(HaveLen(1))
		text, err := os.ReadFile(files[0])
		g.Expect(err).NotTo(HaveOccurred())
		during = string(text)
	}, dsl.Covers(must))
	g.Expect(during).To(And(ContainSubstring("<hello"), ContainSubstring("rpc-reply")))
	text, err := os.ReadFile(filepath.Join(folder, spec.Transcript))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(text)).To(HavePrefix(during))
	g.Expect(os.ReadDir(filepath.Join(folder, "transcripts", "lab"))).To(HaveLen(1), "nothing else is left")
}

func TestWhereNothingCanBeWrittenTheVerdictStands(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	NewWithT(t).Expect(os.WriteFile(file, nil, 0o600)).To(Succeed())
	l := newLab(t, reference.Options{}, func(r *dsl.Run) { r.Recordings = file })
	spec := l.one(func(ctx ginkgo.SpecContext) { dsl.Demand(must, dsl.Open(ctx).Ping(ctx)).To(match.CarryData()) }, dsl.Covers(must))
	l.Expect(spec.Verdict).To(Equal(verdict.Pass), spec.Message)
	l.Expect(spec.Transcript).To(BeEmpty())
}
