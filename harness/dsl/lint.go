package dsl

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/ncspec/ncspec/harness/requirement"
)

// Authored is one spec as its author wrote it, read back from Ginkgo's tree.
type Authored struct {
	ID, Text string
	Covers   []string
	Monitor  bool // judges what the other specs made the server send
	Location types.CodeLocation
	decorations
}

// Authors reads the specs of a preview (ginkgo.PreviewSpecs), in its order.
func Authors(preview types.Report) []Authored {
	var all []Authored
	for _, spec := range preview.SpecReports {
		if spec.LeafNodeType != types.NodeTypeIt {
			continue
		}
		d, text := undecorate(spec.LeafNodeText, spec.Labels())
		all = append(all, Authored{ID: d.id, Text: text, Covers: d.covers, Monitor: d.monitor, Location: spec.LeafNodeLocation, decorations: d})
	}
	return all
}

var idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9.-]*(/[a-z0-9][a-z0-9.-]*)?$`)

// Lint lists every fault in how specs are written, each with its file and line: no id, an id of another form or used
// twice, a requirement that is unknown, requirements of different levels in one spec, a plain Expect.
func Lint(specs []Authored, catalogue *requirement.Catalogue) []string {
	var faults []string
	seen := map[string]types.CodeLocation{}
	files := map[string]bool{}
	for _, spec := range specs {
		at := fmt.Sprintf("%s:%d: ", spec.Location.FileName, spec.Location.LineNumber)
		for _, fault := range lintSpec(spec, catalogue) {
			faults = append(faults, at+fault)
		}
		if first, twice := seen[spec.ID]; twice && spec.ID != "" {
			faults = append(faults, fmt.Sprintf("%sthe id %s is that of the spec at %s:%d too", at, spec.ID, first.FileName, first.LineNumber))
		}
		seen[spec.ID] = spec.Location
		for _, file := range besides(spec.Location.FileName) {
			if !files[file] {
				files[file] = true
				faults = append(faults, plainExpects(file)...)
			}
		}
	}
	slices.SortFunc(faults, byPlace)
	return faults
}

var place = regexp.MustCompile(`^(.*?):(\d+)`)

// byPlace compares faults by their file, then by their line as a number, then by the rest.
func byPlace(a, b string) int {
	one, other := place.FindStringSubmatch(a), place.FindStringSubmatch(b)
	if one == nil || other == nil || one[1] != other[1] || one[2] == other[2] {
		return strings.Compare(a, b)
	}
	first, _ := strconv.Atoi(one[2]) // of digits only
	second, _ := strconv.Atoi(other[2])
	return cmp.Compare(first, second)
}

func lintSpec(spec Authored, catalogue *requirement.Catalogue) []string {
	var faults []string
	who := spec.ID
	if who == "" {
		who = fmt.Sprintf("the spec %q", spec.Text)
	}
	switch {
	case spec.ID == "":
		faults = append(faults, who+" has no id: add Spec(\"suite/slug\")")
	case !idForm.MatchString(spec.ID):
		faults = append(faults, fmt.Sprintf("the id %q is not of the form suite/slug in small letters", spec.ID))
	}
	if len(spec.Covers) == 0 && !spec.ownRules {
		faults = append(faults, fmt.Sprintf("%s covers no requirement: add Covers(\"rfc…\")", who))
	}
	levels := map[string][]string{}
	for _, id := range spec.Covers {
		q, known := catalogue.Get(id)
		if !known {
			faults = append(faults, fmt.Sprintf("%s covers %s, which no suite has%s", who, id, nearest(catalogue.Nearest(id))))
			continue
		}
		levels[weight(q)] = append(levels[weight(q)], id)
	}
	if len(levels) > 1 {
		faults = append(faults, fmt.Sprintf("%s mixes levels (%v): split it", who, levels))
	}
	return faults
}

func nearest(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return "; the nearest are " + strings.Join(ids, ", ")
}

// weight sorts the levels by what breaking them means. What may differ is observed, and goes with anything.
func weight(q requirement.Requirement) string {
	if q.Should() {
		return "SHOULD"
	}
	return "MUST"
}

// besides gives the Go files of the package that a file of specs is in, without its tests: helpers judge as well. A spec
// that is not written in Go has none.
func besides(path string) []string {
	if filepath.Ext(path) != ".go" {
		return nil
	}
	all, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*.go"))
	if err != nil {
		return []string{path}
	}
	return slices.DeleteFunc(all, func(file string) bool { return file != path && strings.HasSuffix(file, "_test.go") })
}

// gomegas are Gomega's own words that judge.
func gomegas() []string {
	return []string{"Expect", "ExpectWithOffset", "Ω", "Eventually", "EventuallyWithOffset", "Consistently", "ConsistentlyWithOffset"}
}

// plainExpects lists the calls of Gomega's own words in a file of specs; a file that is not at hand,
// as in a binary that was built elsewhere, was looked at when it was built.
func plainExpects(path string) []string {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, source, parser.SkipObjectResolution)
	if err != nil {
		return []string{fmt.Sprintf("%s: %v", path, err)}
	}
	var faults []string
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if name := called(call.Fun); slices.Contains(gomegas(), name) {
			faults = append(faults, fmt.Sprintf("%s: %s judges nobody in particular: use Given or Demand", set.Position(call.Pos()), name))
		}
		return true
	})
	return faults
}

func called(fun ast.Expr) string {
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}
