package tls

import (
	_ "embed"

	"github.com/ncspec/ncspec/harness/requirement"
)

//go:embed requirements.yaml
var requirements []byte

// Requirements returns what the RFCs demand on this topic, as requirements.yaml has it. The error names file, line and
// column of every fault in that file.
func Requirements() ([]requirement.Requirement, error) {
	return requirement.Parse("suites/tls/requirements.yaml", requirements)
}
