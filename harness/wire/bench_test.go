package wire

import (
	"bytes"
	"fmt"
	"testing"
)

// read is how many octets a benchmark feeds at a time, as a session reads them.
const read = 32 << 10

// reply is a message of the given octets, with as many line ends as configurations have.
func reply(octets int) []byte {
	line := []byte("    <interface><name>ge-0/0/0</name><mtu>1500</mtu><descr>uplink [a]</descr></interface>\n")
	return bytes.Repeat(line, octets/len(line)+1)[:octets]
}

func benchmarkDecode(b *testing.B, f Framing, octets []byte) {
	pieces := bytes.Clone(octets)
	d := NewDecoder(f, Limits{})
	b.SetBytes(int64(len(octets)))
	b.ReportAllocs()
	for b.Loop() {
		for rest := pieces; len(rest) > 0; {
			n, ev := d.Decode(rest[:min(read, len(rest))])
			rest = rest[n:]
			if ev.Kind == Violated {
				b.Fatal(ev.Violation)
			}
		}
	}
}

func BenchmarkDecodeChunked(b *testing.B) {
	for _, size := range []int{4 << 10, 64 << 10} {
		b.Run(fmt.Sprintf("chunks of %dK", size>>10), func(b *testing.B) {
			benchmarkDecode(b, Chunked, Append(nil, Chunked, reply(1<<20), size))
		})
	}
}

func BenchmarkDecodeEndOfMessage(b *testing.B) {
	benchmarkDecode(b, EndOfMessage, Append(nil, EndOfMessage, reply(1<<20)))
}

// BenchmarkDecodeBroken is the slow path: a search for the next header that meets its first octet again and again.
func BenchmarkDecodeBroken(b *testing.B) {
	for _, c := range []struct {
		name   string
		octets []byte
	}{
		{"no framing", Append(nil, EndOfMessage, reply(1<<20))},
		{"brackets", bytes.Repeat([]byte("]"), 1<<20)},
		{"line ends", bytes.Repeat([]byte("\n"), 1<<20)},
		{"headers", bytes.Repeat([]byte("\n#123456789x"), 1<<20/12)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.octets)))
			for b.Loop() {
				d := NewDecoder(Chunked, Limits{})
				for rest := c.octets; len(rest) > 0; {
					n, _ := d.Decode(rest)
					rest = rest[n:]
				}
			}
		})
	}
}

func BenchmarkAppend(b *testing.B) {
	message := reply(1 << 20)
	for _, size := range []int{4 << 10, 64 << 10} {
		b.Run(fmt.Sprintf("chunks of %dK", size>>10), func(b *testing.B) {
			var octets []byte
			b.SetBytes(int64(len(message)))
			b.ReportAllocs()
			for b.Loop() {
				octets = Append(octets[:0], Chunked, message, size)
			}
		})
	}
}
