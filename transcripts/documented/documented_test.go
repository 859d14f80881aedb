package documented_test

import (
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/wire"
	"github.com/ncspec/ncspec/transcripts/documented"
	"github.com/ncspec/ncspec/transcripts/format"
)

func load(t *testing.T) map[string]*format.Transcript {
	t.Helper()
	all, err := format.LoadDir(documented.Files(), "documented")
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]*format.Transcript{}
	for _, transcript := range all {
		byID[transcript.ID] = transcript
	}
	return byID
}

func TestTheSequencesAreThere(t *testing.T) {
	NewWithT(t).Expect(load(t)).To(SatisfyAll(HaveLen(4), HaveKey("documented-session"), HaveKey("documented-session-junos"),
		HaveKey("chunked-session"), HaveKey("lock-contention")))
}

// TestWhatIsOpenedIsClosed: every session is closed and its end demanded, also after a failed step.
func TestWhatIsOpenedIsClosed(t *testing.T) {
	for id, transcript := range load(t) {
		for _, session := range transcript.Sessions {
			ends := slices.ContainsFunc(transcript.Steps, func(s format.Step) bool {
				return s.Session == session.Name && s.Action == format.ActionEnd && s.Always
			})
			NewWithT(t).Expect(ends).To(BeTrue(), "%s: end of %s", id, session.Name)
		}
	}
}

// TestWhatIsChangedIsUndone: each sequence makes a change, finds it, does not find it in running yet, and, also after a
// failed step, takes it out and looks that it is gone.
func TestWhatIsChangedIsUndone(t *testing.T) {
	for id, transcript := range load(t) {
		g := NewWithT(t)
		change, undo, gone := index(transcript, "change"), index(transcript, "undo"), index(transcript, "as-before")
		g.Expect(change).To(BeNumerically(">=", 0), id)
		g.Expect(undo).To(BeNumerically(">", change), id)
		g.Expect(gone).To(BeNumerically(">", undo), id)
		g.Expect(transcript.Steps[undo].Always && transcript.Steps[gone].Always).To(BeTrue(), id)
	}
}

func index(t *format.Transcript, id string) int {
	return slices.IndexFunc(t.Steps, func(s format.Step) bool { return s.ID == id })
}

// TestContentionNamesTheHolder: each sequence has a request of the rival that must be denied with the holder's id.
func TestContentionNamesTheHolder(t *testing.T) {
	for id, transcript := range load(t) {
		named := false
		for _, step := range transcript.Steps {
			for _, expectation := range step.Expect {
				holder := slices.ContainsFunc(expectation.That.Names(), func(name string) bool {
					return strings.HasSuffix(name, ".session-id") && name != step.Session+".session-id"
				})
				named = named || step.Session == "rival" && holder && strings.Contains(expectation.That.Text, "lock-denied")
			}
		}
		NewWithT(t).Expect(named).To(BeTrue(), id)
	}
}

// TestRawStepsAreOneMessageEach: the sizes of the chunks were written by hand.
func TestRawStepsAreOneMessageEach(t *testing.T) {
	raw := 0
	for _, step := range load(t)["chunked-session"].Steps {
		if step.Action != format.ActionRaw {
			continue
		}
		raw++
		message := decode(t, step)
		NewWithT(t).Expect(message).To(SatisfyAll(HavePrefix("<rpc"), HaveSuffix("</rpc>")), step.ID)
	}
	NewWithT(t).Expect(raw).To(Equal(5))
}

func decode(t *testing.T, step format.Step) string {
	t.Helper()
	decoder, rest, message := wire.NewDecoder(wire.Chunked, wire.Limits{}), step.Octets, ""
	for {
		n, event := decoder.Decode(rest)
		rest = rest[n:]
		switch event.Kind {
		case wire.Data:
			message += string(event.Data)
		case wire.End:
			if len(rest) > 0 {
				t.Errorf("%s: octets after the message: %q", step.ID, rest)
			}
			return message
		default:
			t.Fatalf("%s: %+v", step.ID, event)
		}
	}
}
