package verdict

import (
	"fmt"
	"strconv"
)

// The names of the report entries that a spec leaves for Judge.
const (
	DemandEntry      = "demand"
	ObservationEntry = "observation"
	HoldEntry        = "hold"
	FaultEntry       = "fault"
	RPCEntry         = "rpc"
	RecordedEntry    = "transcript"
	SeenEntry        = "seen"
)

// MonitorLabel marks a spec that judges what other specs have made the server send.
const MonitorLabel = "monitor"

// Demand is one demand of a requirement that was reached, and whether it held.
type Demand struct {
	Requirement string // id; "" where a transcript demands what no RFC does
	Held        bool
	Message     string // expected and actual, where it did not hold
	Where       *Where // what was judged; nil where it did hold, and where nothing of the transcript was
}

// Observation is a legal outcome that the server chose, or a measure. It never fails.
type Observation struct {
	Name  string   `json:"name"`
	Value any      `json:"value"` // string or number
	Legal []string `json:"legal"` // the outcomes that would be legal; empty where any is
}

// Text is the value as people write it; a number has no exponent, whether it was counted here or read from a file.
func (o Observation) Text() string {
	if number, is := o.Value.(float64); is {
		return strconv.FormatFloat(number, 'f', -1, 64)
	}
	return fmt.Sprint(o.Value)
}

// Hold says why something was not judged.
type Hold struct {
	Verdict     Verdict // NotApplicable or NotRun
	Reason      string
	Requirement string // "" for the whole spec, else for that requirement only
}

// Fault is a Given that failed, or anything else that is the harness's or the environment's and not the server's.
type Fault struct{ Message string }

// RPC is one operation sent, and the time until its reply was complete.
type RPC struct {
	Operation    string  `json:"operation"`
	Milliseconds float64 `json:"ms"`
}

// Seen names the specs that ran when a monitor found something: without them it finds nothing.
type Seen struct{ Specs []string }

// Recorded names the transcript of a spec, relative to the output folder.
type Recorded struct{ Path string }
