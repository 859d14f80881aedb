package json

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ncspec/ncspec/harness/verdict"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const golden = "testdata/report.json"

func TestReportIsAsTheGoldenFile(t *testing.T) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "report.json")
	g.Expect(Write(path, sample())).To(Succeed())
	got, err := os.ReadFile(path)
	g.Expect(err).NotTo(HaveOccurred())
	if *update {
		g.Expect(os.WriteFile(golden, got, 0o644)).To(Succeed())
	}
	want, err := os.ReadFile(golden)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(got)).To(Equal(string(want)), "run go test -update when this is meant")
}

func TestSampleHoldsEveryVerdict(t *testing.T) {
	for v, n := range sample().Summary {
		NewWithT(t).Expect(n).To(BeNumerically(">", 0), string(v))
	}
}

func TestReportFollowsTheSchema(t *testing.T) {
	g := NewWithT(t)
	data, err := os.ReadFile(golden)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(check(t, parse(t, Schema), parse(t, data))).To(Succeed())
}

// A field that is written and not described would be promised to nobody.
func TestSchemaDescribesEveryField(t *testing.T) {
	g := NewWithT(t)
	data, err := os.ReadFile(golden)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(check(t, closed(parse(t, Schema)), parse(t, data))).To(Succeed())
}

func TestSchemaRefuses(t *testing.T) {
	for name, spoil := range map[string]func(report map[string]any){
		"another format":     func(r map[string]any) { r["format"] = "ncspec-report/v2" },
		"a missing field":    func(r map[string]any) { delete(r, "state") },
		"an unknown verdict": func(r map[string]any) { r["specs"].([]any)[0].(map[string]any)["verdict"] = "fine" },
		"an unknown exit":    func(r map[string]any) { r["run"].(map[string]any)["exit"] = 2 },
		"null for a list":    func(r map[string]any) { r["specs"] = nil },
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			data, err := os.ReadFile(golden)
			g.Expect(err).NotTo(HaveOccurred())
			report := parse(t, data).(map[string]any)
			spoil(report)
			g.Expect(check(t, parse(t, Schema), report)).NotTo(Succeed())
		})
	}
}

func TestReadGivesBackWhatWasWritten(t *testing.T) {
	g := NewWithT(t)
	read, err := Read(golden)
	g.Expect(err).NotTo(HaveOccurred())
	path := filepath.Join(t.TempDir(), "report.json")
	g.Expect(Write(path, read)).To(Succeed())
	again, err := os.ReadFile(path)
	g.Expect(err).NotTo(HaveOccurred())
	want, err := os.ReadFile(golden)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(again)).To(Equal(string(want)))
	g.Expect(read.Exit()).To(Equal(read.Run.Exit))
}

func TestReadTakesTheFolder(t *testing.T) {
	g := NewWithT(t)
	read, err := Read("testdata")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(read.Target.Name).To(Equal("edge-1"))
}

func TestExitIsTheOneThatHoldsNow(t *testing.T) {
	g := NewWithT(t)
	r := sample()
	r.Run.Interrupted = true
	path := filepath.Join(t.TempDir(), "report.json")
	g.Expect(Write(path, r)).To(Succeed())
	read, err := Read(path)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(read.Run.Exit).To(Equal(130))
	g.Expect(r.Run.Exit).To(Equal(1), "the report is not changed")
}

func TestReadToleratesNewFields(t *testing.T) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "report.json")
	g.Expect(os.WriteFile(path, []byte(`{"format":"ncspec-report/v1","later":{"x":1}}`), 0o600)).To(Succeed())
	_, err := Read(path)
	g.Expect(err).NotTo(HaveOccurred())
}

func TestReadRefuses(t *testing.T) {
	for name, c := range map[string]struct{ data, fault string }{
		"another format":   {`{"format":"ncspec-report/v2"}`, `: its format is "ncspec-report/v2", and this ncspec reads "ncspec-report/v1"`},
		"another, and how": {`{"format":"ncspec-report/v2","specs":{"a":1}}`, `its format is "ncspec-report/v2"`},
		"no report":        {`{}`, `its format is ""`},
		"a list":           {`[]`, `its format is ""`},
		"no JSON":          {`<testsuites/>`, ":1:1: this is no JSON"},
		"a word amiss":     {"{\n  \"format\": yes\n}", ":2:13: this is no JSON"},
		"cut off":          {"{\"format\": \"ncspec-report/v1\",\n  \"specs\": [{\"id\"", ":2:18: the file ends too early"},
		"empty":            {"", ":1:1: the file ends too early"},
		"another type":     {"{\"format\": \"ncspec-report/v1\",\n \"specs\": [{\"id\": 12}]}", ":2:20: a JSON number stands where no report has one (specs.id)"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			path := filepath.Join(t.TempDir(), "report.json")
			g.Expect(os.WriteFile(path, []byte(c.data), 0o600)).To(Succeed())
			_, err := Read(path)
			g.Expect(err).To(MatchError(And(ContainSubstring(path), ContainSubstring(c.fault))))
		})
	}
	for _, nothing := range []string{filepath.Join(t.TempDir(), "none.json"), t.TempDir()} {
		_, err := Read(nothing)
		NewWithT(t).Expect(err).To(MatchError(And(ContainSubstring(nothing), ContainSubstring("or the folder that it stands in"))))
	}
	_, err := Read(filepath.Join(t.TempDir(), "none.json"))
	NewWithT(t).Expect(err).To(MatchError(os.ErrNotExist))
}

func TestWriteLeavesNothingBehindWhereItFails(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	taken := filepath.Join(dir, "report.json")
	g.Expect(os.MkdirAll(filepath.Join(taken, "full"), 0o755)).To(Succeed())
	g.Expect(Write(taken, sample())).To(MatchError(ContainSubstring(taken)))
	g.Expect(filepath.Glob(filepath.Join(dir, ".report-*"))).To(BeEmpty())
	g.Expect(Write(filepath.Join(dir, "none", "report.json"), sample())).NotTo(Succeed())
}

func parse(t *testing.T, data []byte) any {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return value
}

func check(t *testing.T, schema, report any) error {
	t.Helper()
	g := NewWithT(t)
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	g.Expect(compiler.AddResource("report.schema.json", schema)).To(Succeed())
	compiled, err := compiler.Compile("report.schema.json")
	g.Expect(err).NotTo(HaveOccurred())
	return compiled.Validate(report)
}

// closed gives the schema with every object that lists properties closed to others.
func closed(schema any) any {
	switch v := schema.(type) {
	case map[string]any:
		for _, inner := range v {
			closed(inner)
		}
		if _, lists := v["properties"].(map[string]any); lists {
			v["additionalProperties"] = false
		}
	case []any:
		for _, inner := range v {
			closed(inner)
		}
	}
	return schema
}

func TestSchemaIsJSON(t *testing.T) {
	NewWithT(t).Expect(json.Valid(Schema)).To(BeTrue())
	NewWithT(t).Expect(string(Schema)).To(ContainSubstring(verdict.Format))
}
