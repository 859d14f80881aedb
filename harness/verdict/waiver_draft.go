package verdict

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
)

// todo begins the reason of a waiver that is drafted and not yet written.
const todo = "TODO"

const draftHead = `# Known violations of %s, drafted by %s %s from its run of %s.
#
# Say for each why it is accepted: a waiver whose reason says TODO is refused. Where it is known, add
#   link      where it is followed up, such as https://bugs.example.com/4711
#   until     the last day on which it is accepted, such as 2026-12-31
#   contains  a text that the failure must contain: any other failure of the spec is not waived

waivers:
`

// DraftWaivers drafts a waivers file of the violations that no waiver excuses, each spec with what it found beside it.
// The reasons are left to be written: LoadWaivers refuses the file until they are. The number is that of the waivers; of
// none there is no file.
func (r *Report) DraftWaivers() (file []byte, waivers int) {
	var out strings.Builder
	fmt.Fprintf(&out, draftHead, oneLine(Printable(r.Target.Name)), r.Tool.Name, r.Tool.Version, r.Run.Started.UTC().Format("2006-01-02"))
	for _, s := range r.Specs {
		if s.Verdict == Violation {
			waivers++
			r.draft(&out, s)
		}
	}
	if waivers == 0 {
		return nil, 0
	}
	return []byte(out.String()), waivers
}

func (r *Report) draft(out *strings.Builder, s Spec) {
	for _, b := range s.Broken {
		if b.Verdict != Violation {
			continue
		}
		name := b.Requirement
		if q, known := r.Requirement(name); known {
			name = fmt.Sprintf("%s (%s, %s): %s", q.ID, q.Reference(), q.Level, q.ServerMust)
		} else if name == "" {
			name = "a demand of the transcript"
		}
		comment(out, "breaks "+name)
		comment(out, "found: "+b.Message)
	}
	id, err := yaml.Marshal(s.ID)
	if err != nil {
		id = fmt.Appendf(nil, "%q\n", s.ID) // no text fails to be written, and a quoted one is YAML too
	}
	fmt.Fprintf(out, "  - id: %s    reason: %s\n\n", id, todo)
}

// comment writes one line that cannot become anything but a comment.
func comment(out *strings.Builder, text string) {
	const most = 240 // octets of it that are shown; the report has the rest
	text = oneLine(Printable(text))
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	fmt.Fprintf(out, "  # %s\n", text)
}
