package format

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"pgregory.net/rapid"
)

// TestAnyRecordingRoundTrips draws octets from the values that YAML treats specially, and any others.
func TestAnyRecordingRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawRecording(t)
		var file bytes.Buffer
		if err := want.Write(&file); err != nil {
			t.Fatal(err)
		}
		got, err := ReadRecording("recording.yaml", bytes.NewReader(file.Bytes()))
		if err != nil {
			t.Fatalf("%v\n%s", err, file.String())
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got  %#v\nwant %#v\n%s", got, want, file.String())
		}
	})
}

func drawRecording(t *rapid.T) *Recording {
	started := time.Unix(rapid.Int64Range(0, 1<<33).Draw(t, "seconds"), rapid.Int64Range(0, 999999999).Draw(t, "ns"))
	r := &Recording{Format: Name, ID: "lock/denied", Title: drawText(t, "title") + "t", Target: drawText(t, "target"),
		Touches: rapid.SampledFrom(Effects()).Draw(t, "touches"), Started: started.UTC(),
		Sessions: []Session{{Name: "s1", ID: "4", Hello: []string{}}, {Name: "null", Hello: []string{}}}}
	for range rapid.IntRange(1, 6).Draw(t, "events") {
		e := Event{At: time.Duration(rapid.Int64Range(0, 1<<45).Draw(t, "at")) * time.Microsecond,
			Session:   rapid.SampledFrom([]string{"s1", "null"}).Draw(t, "session"),
			Direction: rapid.SampledFrom([]Direction{Sent, Received, Note}).Draw(t, "direction"),
			Framing:   rapid.SampledFrom(append(framings(), "")).Draw(t, "framing"),
			Note:      drawText(t, "note")}
		if e.Direction != Note {
			e.Octets = drawOctets(t)
		}
		r.Events = append(r.Events, e)
	}
	return r
}

func drawOctets(t *rapid.T) []byte {
	special := []string{"\n", "\n", " ", "  ", "\t", "#", "#12", "##", "\r", "\r\n", "\x00", "\xff", "\xc3", "é", "😀", "\u00a0",
		"\u2028", "\ufeff", "\u0085", "]]>]]>", "<rpc message-id=\"1\">", "'", "\"", "\\", "\\n", ": ", "- ", "---", "...", "%", "${x}",
		"|", ">", "x", "key: value", "!!binary", "&a", "*a", "\x1b", "\x7f"}
	octets := []byte{}
	for _, piece := range rapid.SliceOfN(rapid.SampledFrom(special), 0, 12).Draw(t, "pieces") {
		octets = append(octets, piece...)
	}
	if rapid.IntRange(0, 9).Draw(t, "any") == 0 {
		octets = append(octets, rapid.SliceOf(rapid.Byte()).Draw(t, "octets")...)
	}
	return octets
}

func drawText(t *rapid.T, label string) string {
	return rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "true", "x: y", "# x", "12", "a\nb", "~"})).Draw(t, label)
}

func TestRecordingIsReadable(t *testing.T) {
	g := NewWithT(t)
	recording := &Recording{ID: "lock/denied", Title: "Denied: names the holder", Target: "lab-1", Touches: "lock",
		Started:  time.Date(2026, 1, 31, 23, 59, 59, 5000, time.FixedZone("", 3600)),
		Sessions: []Session{{Name: "holder", ID: "4"}, {Name: "rival"}},
		Events: []Event{
			{Session: "holder", Direction: Note, Note: "connected"},
			{At: 1234567 * time.Nanosecond, Session: "holder", Direction: Sent, Framing: "end-of-message", Octets: []byte("<hello/>\n]]>]]>")},
			{At: 2 * time.Millisecond, Session: "rival", Direction: Received, Framing: "chunked", Octets: []byte("\n#4\n<a/>\n##\n")},
			{At: 3 * time.Second, Session: "rival", Direction: Received, Octets: []byte("<a>\r\n  b\x00\r\n</a>"), Note: "2 leaves masked"},
			{At: 3 * time.Second, Session: "rival", Direction: Received, Octets: []byte{0xff, 0xfe}},
		}}
	var file bytes.Buffer
	g.Expect(recording.Write(&file)).To(Succeed())
	g.Expect(file.String()).To(Equal(`format: ncspec-transcript/v1
id: lock/denied
title: "Denied: names the holder"
target: lab-1
started: "2026-01-31T22:59:59.000005Z"
touches: lock
steps:
  - id: open-1
    session: holder
    open: true
  - id: e1
    at: 0.000
    session: holder
    note: connected
  - id: e2
    at: 1.234
    session: holder
    framing: end-of-message
    raw: |-
      <hello/>
      ]]>]]>
  - id: open-2
    session: rival
    open: true
  - id: e3
    at: 2.000
    session: rival
    framing: chunked
    received: |2

      #4
      <a/>
      ##
  - id: e4
    at: 3000.000
    session: rival
    note: "2 leaves masked"
    received: "\
      <a>\r\n\
      \x20 b\0\r\n\
      </a>"
  - id: e5
    at: 3000.000
    session: rival
    received: !!binary |
      //4=
sessions:
  holder:
    hello: []
    session-id: "4"
  rival:
    hello: []
`))
}

func TestRecordingIsAScript(t *testing.T) {
	g := NewWithT(t)
	recording := &Recording{ID: "x", Sessions: []Session{{Name: "s"}}, Events: []Event{
		{Session: "s", Direction: Sent, Octets: []byte("<a/>]]>]]>")}, {Session: "s", Direction: Received, Octets: []byte("b")}}}
	var file bytes.Buffer
	g.Expect(recording.Write(&file)).To(Succeed())
	script, err := Parse("x.yaml", file.Bytes())
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(script.Sessions[0].SendsHello()).To(BeFalse(), "the hello is among the octets")
	g.Expect(script.Touches).To(Equal("server"), "unless the recorder says what it touched")
	g.Expect(script.Steps[0].Action).To(Equal(ActionOpen))
	g.Expect(script.Steps[1].Action).To(Equal(ActionRaw))
	g.Expect(script.Steps[1].Octets).To(Equal([]byte("<a/>]]>]]>")))
}

func TestWriteAddsSessionsThatOnlyEventsName(t *testing.T) {
	g := NewWithT(t)
	recording := &Recording{ID: "x", Sessions: []Session{{Name: "a", ID: "4"}}, Events: []Event{
		{Direction: Note, Note: "start"}, {Session: "b", Direction: Note}, {Session: "a", Direction: Note}}}
	var file bytes.Buffer
	g.Expect(recording.Write(&file)).To(Succeed())
	got, err := ReadRecording("x.yaml", &file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(got.Sessions).To(Equal([]Session{{Name: "a", ID: "4", Hello: []string{}}, {Name: "b", Hello: []string{}}}))
	g.Expect(got.Title).To(Equal("x"), "the id where there is no title")
	g.Expect(got.Events).To(HaveLen(3))
}

func TestEmptyRecordingIsStillATranscript(t *testing.T) {
	g := NewWithT(t)
	var file bytes.Buffer
	g.Expect((&Recording{ID: "x"}).Write(&file)).To(Succeed())
	_, err := Parse("x.yaml", file.Bytes())
	g.Expect(err).NotTo(HaveOccurred())
}

func TestImpossibleRecordings(t *testing.T) {
	sessions := []Session{{Name: "s"}}
	for want, recording := range map[string]Recording{
		`its format is "v0"`:                 {Format: "v0"},
		"it has no ID":                       {},
		`touches: "luck" is not`:             {ID: "x", Touches: "luck"},
		`event 1: its direction is ""`:       {ID: "x", Sessions: sessions, Events: []Event{{Session: "s"}}},
		"event 1: it names no session":       {ID: "x", Events: []Event{{Direction: Sent}}},
		"event 1: it is a note with octets":  {ID: "x", Sessions: sessions, Events: []Event{{Direction: Note, Octets: []byte("x")}}},
		"event 1: it is 1s before the start": {ID: "x", Sessions: sessions, Events: []Event{{Direction: Note, At: -time.Second}}},
		`event 1: framing: "none"`:           {ID: "x", Sessions: sessions, Events: []Event{{Direction: Note, Framing: "none"}}},
	} {
		NewWithT(t).Expect(recording.Write(&bytes.Buffer{})).To(MatchError(ContainSubstring(want)))
	}
}

// What a run saw has to be on the disk when it hangs or is killed.
func TestEventsAreWrittenAsTheyCome(t *testing.T) {
	g := NewWithT(t)
	var file bytes.Buffer
	w, err := NewWriter(&file, Recording{ID: "x"})
	g.Expect(err).NotTo(HaveOccurred())
	for _, note := range []string{"first", "second"} {
		g.Expect(w.Event(Event{Session: "s", Direction: Note, Note: note})).To(Succeed())
		g.Expect(file.String()).To(HaveSuffix("note: " + note))
	}
	g.Expect(w.Event(Event{Direction: Sent})).To(MatchError(`writing the recording "x": event 3: it names no session`))
	g.Expect(w.End()).To(Succeed())
	got, err := ReadRecording("x.yaml", &file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(got.Events).To(HaveLen(2))
}

// A recording is bounded by the disk, not by the memory.
func TestAWriterHoldsNoEvents(t *testing.T) {
	g := NewWithT(t)
	w, err := NewWriter(io.Discard, Recording{ID: "x"})
	g.Expect(err).NotTo(HaveOccurred())
	event := Event{Session: "s", Direction: Received, Octets: bytes.Repeat([]byte("<interface/>\n"), 1<<16)}
	g.Expect(w.Event(event)).To(Succeed())
	each := testing.AllocsPerRun(20, func() {
		if err := w.Event(event); err != nil {
			t.Error(err)
		}
	})
	g.Expect(each).To(BeNumerically("<", 20), "allocations, however long the event")
}

func TestWriteReportsAFullDisk(t *testing.T) {
	recording := &Recording{ID: "x", Sessions: []Session{{Name: "s"}}}
	NewWithT(t).Expect(recording.Write(full{})).To(MatchError(ContainSubstring(`writing the recording "x": no space`)))
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space") }

func TestOnlyRecordingsHaveEvents(t *testing.T) {
	g := NewWithT(t)
	_, err := ReadRecording("sound.yaml", strings.NewReader(sound))
	g.Expect(err).To(MatchError(`sound.yaml: not a recording, but a script: it has no "started"`))
	edited := strings.Replace(sound, "touches: lock", "touches: lock\nstarted: 2026-01-31T00:00:00Z", 1)
	_, err = ReadRecording("edited.yaml", strings.NewReader(edited))
	g.Expect(err).To(MatchError(ContainSubstring(`edited.yaml:19:5: step "lock": "send" is not part of a recording`)))
}

// BenchmarkWrite writes one event of a megabyte in each of the three forms.
func BenchmarkWrite(b *testing.B) {
	for name, octets := range map[string][]byte{
		"block":  bytes.Repeat([]byte("<interface><name>eth0</name></interface>\n"), 25600),
		"quoted": bytes.Repeat([]byte("<interface><name>eth0</name></interface>\r\n"), 25600),
		"binary": bytes.Repeat([]byte{0xff}, 1<<20),
	} {
		b.Run(name, func(b *testing.B) {
			recording := &Recording{ID: "x", Sessions: []Session{{Name: "s"}}, Events: []Event{{Session: "s", Direction: Received, Octets: octets}}}
			b.SetBytes(int64(len(octets)))
			for b.Loop() {
				if err := recording.Write(io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
