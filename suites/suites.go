// Package suites is all that ncspec checks: one package a topic below it, and here the ways to run them: by the
// ncspec command (Run), in somebody's Go test (Test), inside somebody's Ginkgo suite (Register).
package suites

import (
	"fmt"
	"slices"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/requirement"
	"github.com/ncspec/ncspec/suites/callhome"
	"github.com/ncspec/ncspec/suites/capabilities"
	"github.com/ncspec/ncspec/suites/commit"
	"github.com/ncspec/ncspec/suites/datastore"
	"github.com/ncspec/ncspec/suites/edit"
	"github.com/ncspec/ncspec/suites/errors"
	"github.com/ncspec/ncspec/suites/filter"
	"github.com/ncspec/ncspec/suites/framing"
	"github.com/ncspec/ncspec/suites/get"
	"github.com/ncspec/ncspec/suites/hello"
	"github.com/ncspec/ncspec/suites/lock"
	"github.com/ncspec/ncspec/suites/rpc"
	"github.com/ncspec/ncspec/suites/session"
	"github.com/ncspec/ncspec/suites/tls"
	"github.com/ncspec/ncspec/suites/transport"
	"github.com/ncspec/ncspec/suites/xml"
	"github.com/ncspec/ncspec/suites/xpath"
)

// Suite is one topic: what it demands, and the function that puts its specs into Ginkgo's tree.
type Suite struct {
	Name         string
	Requirements func() ([]requirement.Requirement, error)
	Specs        func()
}

// All lists the suites.
func All() []Suite {
	return []Suite{
		{"hello", hello.Requirements, hello.Specs},
		{"framing", framing.Requirements, framing.Specs},
		{"rpc", rpc.Requirements, rpc.Specs},
		{"lock", lock.Requirements, lock.Specs},
		{"session", session.Requirements, session.Specs},
		{"filter", filter.Requirements, filter.Specs},
		{"get", get.Requirements, get.Specs},
		{"edit", edit.Requirements, edit.Specs},
		{"errors", errors.Requirements, errors.Specs},
		{"xpath", xpath.Requirements, xpath.Specs},
		{"commit", commit.Requirements, commit.Specs},
		{"datastore", datastore.Requirements, datastore.Specs},
		{"xml", xml.Requirements, xml.Specs},
		{"capabilities", capabilities.Requirements, capabilities.Specs},
		{"transport", transport.Requirements, transport.Specs},
		{"tls", tls.Requirements, tls.Specs},
		{"callhome", callhome.Requirements, callhome.Specs},
	}
}

// begins are the beginnings of specs that a run makes ahead.
func begins() []dsl.Ahead {
	return slices.Concat(transport.Begins(), framing.Begins())
}

// Catalogue joins the requirements of all suites.
func Catalogue() (*requirement.Catalogue, error) {
	var lists [][]requirement.Requirement
	for _, suite := range All() {
		list, err := suite.Requirements()
		if err != nil {
			return nil, fmt.Errorf("reading the requirements of the suite %s: %w", suite.Name, err)
		}
		lists = append(lists, list)
	}
	return requirement.New(lists...)
}
