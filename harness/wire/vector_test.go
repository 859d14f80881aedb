package wire

import (
	"bufio"
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

//go:embed testdata/*.txt
var vectorFiles embed.FS

// vector is an octet vector; testdata/README.md describes the format.
type vector struct {
	name    string
	framing Framing
	limits  Limits
	octets  []byte
	events  []string
}

func vectors(t testing.TB) []vector {
	t.Helper()
	names, err := fs.Glob(vectorFiles, "testdata/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("finding the octet vectors: %v, %d files", err, len(names))
	}
	var all []vector
	for _, name := range names {
		text, err := vectorFiles.ReadFile(name)
		if err != nil {
			t.Fatalf("reading the octet vectors: %v", err)
		}
		all = append(all, parseVectors(t, path.Base(name), text)...)
	}
	return all
}

func parseVectors(t testing.TB, file string, text []byte) []vector {
	t.Helper()
	var list []vector
	lines := bufio.NewScanner(bytes.NewReader(text))
	for number := 1; lines.Scan(); number++ {
		word, rest, _ := strings.Cut(lines.Text(), " ")
		if word == "vector" {
			list = append(list, vector{name: strings.TrimSuffix(file, ".txt") + ": " + rest})
			continue
		}
		if word == "" || word == "#" {
			continue
		}
		if err := list[len(list)-1].set(word, rest); err != nil {
			t.Fatalf("%s:%d: %v", file, number, err)
		}
	}
	return list
}

func (v *vector) set(word, rest string) (err error) {
	var octets string
	switch word {
	case "framing":
		v.framing = map[string]Framing{"chunked": Chunked, "end-of-message": EndOfMessage}[rest]
		if v.framing.String() != rest {
			err = fmt.Errorf("framing %q is neither chunked nor end-of-message", rest)
		}
	case "message":
		v.limits.Message, err = strconv.ParseInt(rest, 10, 64)
	case "header":
		v.limits.Header, err = strconv.Atoi(rest)
	case "octets":
		octets, err = strconv.Unquote(rest)
		v.octets = append(v.octets, octets...)
	case "→":
		v.events = append(v.events, normalise(rest))
	default:
		err = fmt.Errorf("%q is no word of an octet vector", word)
	}
	return err
}

// normalise gives equal octets one spelling.
func normalise(event string) string {
	kind, literal, found := strings.Cut(event, " ")
	if octets, err := strconv.Unquote(literal); found && err == nil {
		return fmt.Sprintf("%s %q", kind, octets)
	}
	return event
}

func TestVectorsWhole(t *testing.T) {
	for _, v := range vectors(t) {
		t.Run(v.name, func(t *testing.T) {
			g := NewWithT(t)
			g.Expect(feed(t, NewDecoder(v.framing, v.limits), v.octets).events).To(Equal(v.events))
		})
	}
}

// However a stream is cut, it says the same: messages, faults, their places, details and evidence.
func TestVectorsCut(t *testing.T) {
	for _, v := range vectors(t) {
		t.Run(v.name, func(t *testing.T) {
			g := NewWithT(t)
			whole := feed(t, NewDecoder(v.framing, v.limits), v.octets)
			g.Expect(feed(t, NewDecoder(v.framing, v.limits), single(v.octets)...)).To(Equal(whole), "octet by octet")
			for at := range v.octets {
				d := NewDecoder(v.framing, v.limits)
				g.Expect(feed(t, d, v.octets[:at], v.octets[at:])).To(Equal(whole), "cut at %d", at)
			}
		})
	}
}

// The offset of an event is where its octets stand in the stream.
func TestDataOffsets(t *testing.T) {
	for _, v := range vectors(t) {
		for _, pieces := range [][][]byte{{v.octets}, single(v.octets)} {
			d := NewDecoder(v.framing, v.limits)
			for _, p := range pieces {
				for len(p) > 0 {
					n, ev := d.Decode(p)
					p = p[n:]
					if ev.Kind != Data {
						continue
					}
					if stood := v.octets[ev.Offset:][:len(ev.Data)]; !bytes.Equal(stood, ev.Data) {
						t.Errorf("%s: %q said to stand at %d, where %q stands", v.name, ev.Data, ev.Offset, stood)
					}
				}
			}
		}
	}
}
