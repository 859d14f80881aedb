package format

import (
	"bytes"
	"reflect"
	"testing"
	"time"

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
