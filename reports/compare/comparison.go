// Package compare says what changed between two reports of one target, such as before and after a firmware upgrade. It
// compares what the server did, not how it was excused: a waiver does not make a violation come or go.
package compare

import (
	"time"

	"github.com/ncspec/ncspec/harness/verdict"
)

// Format names the comparison and its version. Others parse it: fields are added, never changed or taken away.
const Format = "ncspec-compare/v1"

// Comparison is what changed. Its lists are never nil, so that they are arrays in JSON; they are in the order of ids.
type Comparison struct {
	Format        string        `json:"format"`
	Old           Side          `json:"old"`
	New           Side          `json:"new"`
	Notes         []string      `json:"notes"`      // what a reader must know first
	Regression    bool          `json:"regression"` // a violation gained that no waiver excuses, or a verdict lost, or all of them
	Violations    Violations    `json:"violations"`
	Advisories    Advisories    `json:"advisories"`
	Verdicts      Verdicts      `json:"verdicts"`
	Applicability Applicability `json:"applicability"`
	Capabilities  Claims        `json:"capabilities"`
	Modules       Claims        `json:"modules"` // name@revision
	Choices       []Choice      `json:"choices"`
	ResponseTimes []Times       `json:"response_times"` // of operations that changed beyond noise
	Specs         Specs         `json:"specs"`
}

// Side is one of the two reports.
type Side struct {
	File     string                  `json:"file"` // as it was given
	Tool     verdict.Tool            `json:"tool"`
	Name     string                  `json:"name"`    // of the target
	Address  string                  `json:"address"` // host:port
	Software string                  `json:"software"`
	Started  time.Time               `json:"started"`
	Safety   string                  `json:"safety"`
	Complete bool                    `json:"complete"` // false when the run broke off
	Unusable string                  `json:"unusable"` // why the target could not be judged at all; "" when it could
	Judged   int                     `json:"judged"`   // specs that put the server to the test
	Summary  map[verdict.Verdict]int `json:"summary"`
}

// Violations are demands that a MUST or a plain definition makes, and that the server broke in one run only. A waived
// violation is one too.
type Violations struct {
	Gained    []Break `json:"gained"`     // it held before, or did not apply
	FirstSeen []Break `json:"first_seen"` // nobody looked before: not judged then, or not by this ncspec
	Lost      []Break `json:"lost"`       // it holds now
	Kept      int     `json:"kept"`       // broken in both runs
}

// Advisories are the same for a SHOULD.
type Advisories struct {
	Gained []Break `json:"gained"`
	Lost   []Break `json:"lost"`
}

// Break is a demand that did not hold, in the run in which it did not.
type Break struct {
	Spec        string          `json:"spec"`
	Text        string          `json:"text"`
	Requirement string          `json:"requirement"` // "" where a transcript demands what no RFC does
	Reference   string          `json:"reference"`   // such as "RFC 6241 §7.5"
	Level       string          `json:"level"`
	ServerMust  string          `json:"server_must"`
	Verdict     verdict.Verdict `json:"verdict"` // violation, waived or advisory
	Other       verdict.Verdict `json:"other"`   // the spec's verdict in the other run; "" where it was not in it
	Message     string          `json:"message"` // expected and actual
	Transcript  string          `json:"transcript"`
}

// Verdicts are changes from or to having no verdict.
type Verdicts struct {
	Lost    []Turn `json:"lost"`    // went well before, and ends in an error now, or was not reached
	Changed []Turn `json:"changed"` // all others
}

// Turn is a spec whose verdict changed.
type Turn struct {
	Spec   string          `json:"spec"`
	Text   string          `json:"text"`
	Old    verdict.Verdict `json:"old"` // "" where the spec was not there
	New    verdict.Verdict `json:"new"`
	Reason string          `json:"reason"` // of the verdict that is none
}

// Applicability is which requirements the server is under.
type Applicability struct {
	Gained []Scope `json:"gained"` // became applicable
	Lost   []Scope `json:"lost"`   // ceased to be
}

// Scope is a requirement that became or ceased to be applicable.
type Scope struct {
	Requirement string          `json:"requirement"`
	Reference   string          `json:"reference"`
	Level       string          `json:"level"`
	ServerMust  string          `json:"server_must"`
	Old         verdict.Verdict `json:"old"`
	New         verdict.Verdict `json:"new"`
	Reason      string          `json:"reason"` // why it does not apply
}

// Claims are what the server announces.
type Claims struct {
	Added   []string `json:"added"`
	Removed []string `json:"removed"`
	Changed []Claim  `json:"changed"` // of another version, revision, or with other parameters
}

// Claim is an announcement that changed.
type Claim struct {
	Old string `json:"old"`
	New string `json:"new"`
}

// Choice is another choice among legal outcomes.
type Choice struct {
	Spec  string   `json:"spec"`
	Name  string   `json:"name"`
	Old   []string `json:"old"` // several where the spec observed it several times
	New   []string `json:"new"`
	Legal []string `json:"legal"`
}

// Times are the response times of one operation, over the specs of both runs. All are milliseconds.
type Times struct {
	Operation string  `json:"operation"`
	Specs     int     `json:"specs"` // that sent it in both runs
	Old       float64 `json:"old_ms"`
	New       float64 `json:"new_ms"`        // the median over specs of the median in a spec
	OldSpread float64 `json:"old_spread_ms"` // the median deviation of a request from the median of its spec
	NewSpread float64 `json:"new_spread_ms"`
}

// Specs are those that one of the reports lacks.
type Specs struct {
	New  []SpecInOne `json:"new"`
	Gone []SpecInOne `json:"gone"`
}

// SpecInOne is a spec of one report.
type SpecInOne struct {
	ID      string          `json:"id"`
	Text    string          `json:"text"`
	Verdict verdict.Verdict `json:"verdict"`
}

// Exit is the exit code: 1 for a regression, else 0.
func (c *Comparison) Exit() int {
	if c.Regression {
		return verdict.ExitViolation
	}
	return verdict.ExitPass
}

// Changed tells whether there is anything to tell.
func (c *Comparison) Changed() bool {
	listed := len(c.Violations.Gained) + len(c.Violations.FirstSeen) + len(c.Violations.Lost) + len(c.Advisories.Gained) +
		len(c.Advisories.Lost) + len(c.Verdicts.Lost) + len(c.Verdicts.Changed) + len(c.Applicability.Gained) +
		len(c.Applicability.Lost) + len(c.Choices) + len(c.ResponseTimes) + len(c.Specs.New) + len(c.Specs.Gone)
	return c.Regression || listed > 0 || c.Capabilities.any() || c.Modules.any() || c.Old.Software != c.New.Software
}

func (c Claims) any() bool { return len(c.Added)+len(c.Removed)+len(c.Changed) > 0 }
