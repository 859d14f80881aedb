package verdict

import "time"

// Format names the report and its version. Others parse it: fields are added, never changed or taken away.
const Format = "ncspec-report/v1"

// Report is a whole run. Its lists are never nil, so that they are arrays in JSON.
type Report struct {
	Format       string          `json:"format"`
	Tool         Tool            `json:"tool"`
	Target       Target          `json:"target"`
	Run          Run             `json:"run"`
	Summary      map[Verdict]int `json:"summary"` // number of specs by verdict, all verdicts
	Specs        []Spec          `json:"specs"`
	Requirements []Requirement   `json:"requirements"`
	State        State           `json:"state"`
}

// Tool is who judged.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Target is who was judged.
type Target struct {
	Name         string            `json:"name"`
	Address      string            `json:"address"`   // host:port
	Transport    string            `json:"transport"` // such as "ssh"
	Profile      string            `json:"profile"`
	Software     string            `json:"software"`     // and its version, as the server tells them; "" where it does not
	Capabilities []string          `json:"capabilities"` // as announced in the first hello
	Modules      []string          `json:"modules"`      // name@revision, of the hello and of what the server tells of itself
	Security     map[string]string `json:"security"`     // how the peer was authenticated, algorithms
}

// Run is how it was judged.
type Run struct {
	Started     time.Time           `json:"started"`
	Finished    time.Time           `json:"finished"`
	Seed        int64               `json:"seed"`
	Safety      string              `json:"safety"`
	Strict      bool                `json:"strict"` // a SHOULD not followed is a violation
	Filters     map[string][]string `json:"filters"`
	Complete    bool                `json:"complete"`    // false when the run broke off; set by Judge
	Interrupted bool                `json:"interrupted"` // set by Judge
	Unusable    string              `json:"unusable"`    // why the target could not be judged at all; set by Judge
	Exit        int                 `json:"exit"`        // set by Judge
	Counters    Counters            `json:"counters"`
	Timing      map[string]float64  `json:"timing"` // milliseconds
	Notes       []string            `json:"notes"`  // what a reader must know first, such as the RFCs judged by
}

// Counters is what the run cost the target.
type Counters struct {
	Handshakes int `json:"handshakes"`
	Sessions   int `json:"sessions"`
	RPCs       int `json:"rpcs"`
}

// Spec is one spec's outcome. A stale waiver and a failed node of the suite have one of their own.
type Spec struct {
	ID           string        `json:"id"` // <suite>/<slug>; waiver/<id>; run/<node>
	Suite        string        `json:"suite"`
	Text         string        `json:"text"`
	Requirements []string      `json:"requirements"` // the ids it covers
	Level        string        `json:"level"`        // the strongest of them; "" for none
	Verdict      Verdict       `json:"verdict"`
	Reason       string        `json:"reason"`      // one line: why it has this verdict; "" for a plain pass
	Message      string        `json:"message"`     // the evidence, several lines: all broken demands, all faults
	Location     string        `json:"location"`    // file:line, relative to the module
	DurationMS   float64       `json:"duration_ms"` // milliseconds
	Observations []Observation `json:"observations"`
	RPCs         []RPC         `json:"rpcs"`
	Transcript   string        `json:"transcript"` // relative to the output folder; "" for none
	Waiver       *Waiver       `json:"waiver"`     // the waiver that applied, or that is stale; else null
	Broken       []Broken      `json:"broken"`     // the demands that did not hold, equal ones once
	Faults       []string      `json:"faults"`     // what went wrong that is not the server's
	Monitor      bool          `json:"monitor"`    // it judges what the other specs of the run made the server send
	SeenIn       []string      `json:"seen_in"`    // the specs in which a monitor found something, not all where there are many
}

// Broken is a demand that did not hold.
type Broken struct {
	Requirement string  `json:"requirement"` // "" where a transcript demands what no RFC does
	Verdict     Verdict `json:"verdict"`     // Violation, Advisory or Waived
	Message     string  `json:"message"`     // expected and actual
	Where       *Where  `json:"where"`       // what was judged, the first of equal ones; null where it is no message
}

// Where leads from a demand to the message of the transcript that it judged, and to the place in it.
type Where struct {
	XPath      string            `json:"xpath"`      // XPath 1.0, asked of the message; "" where the whole of it was judged
	Namespaces map[string]string `json:"namespaces"` // prefixes of the expression; nc is bound without (RFC 6241 §3.1)
	Event      int               `json:"event"`      // number of the recording's step that received the message: 7 is step e7; 0 not known
}

// Requirement is one requirement's outcome over all specs.
type Requirement struct {
	ID         string   `json:"id"`
	RFC        string   `json:"rfc"` // such as "6241"
	Section    string   `json:"section"`
	Level      string   `json:"level"`
	Testable   string   `json:"testable"` // yes, partly or no
	ServerMust string   `json:"server_must"`
	Verdict    Verdict  `json:"verdict"`
	Reason     string   `json:"reason"`
	Specs      []string `json:"specs"` // ids of the specs that cover it
}

// State is what the run did to the target's configuration.
type State struct {
	RunningBefore string   `json:"running_before"` // digest of the canonical form; "" when not read
	RunningAfter  string   `json:"running_after"`
	Restored      bool     `json:"restored"`
	LeftBehind    []string `json:"left_behind"` // what could not be undone
}

// Requirement looks up a requirement's outcome by its id.
func (r *Report) Requirement(id string) (Requirement, bool) {
	for _, q := range r.Requirements {
		if q.ID == id {
			return q, true
		}
	}
	return Requirement{}, false
}

// Suite is the specs of one suite, in the order they ran.
type Suite struct {
	Name  string
	Specs []Spec
}

// Suites groups the specs by suite, in order of first appearance.
func (r *Report) Suites() []Suite {
	var suites []Suite
	at := map[string]int{}
	for _, s := range r.Specs {
		i, ok := at[s.Suite]
		if !ok {
			i = len(suites)
			at[s.Suite] = i
			suites = append(suites, Suite{Name: s.Suite})
		}
		suites[i].Specs = append(suites[i].Specs, s)
	}
	return suites
}

// Reference names the section for people, such as "RFC 6241 §7.5".
func (q Requirement) Reference() string {
	if q.Section != "" && q.Section[0] >= 'A' {
		return "RFC " + q.RFC + " Appendix " + q.Section
	}
	return "RFC " + q.RFC + " §" + q.Section
}
