package compare

import (
	"bytes"
	stdjson "encoding/json"
	"flag"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/theme"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	g := NewWithT(t)
	file := filepath.Join("testdata", name)
	if *update {
		g.Expect(os.WriteFile(file, got, 0o644)).To(Succeed())
	}
	want, err := os.ReadFile(file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(got)).To(Equal(string(want)), "run go test -update when this is meant")
}

func TestJSONIsAsTheGoldenFile(t *testing.T) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "compare.json")
	g.Expect(WriteJSON(path, sample())).To(Succeed())
	got, err := os.ReadFile(path)
	g.Expect(err).NotTo(HaveOccurred())
	golden(t, "compare.json", got)
}

func TestPageIsAsTheGoldenFile(t *testing.T) {
	var page bytes.Buffer
	NewWithT(t).Expect(HTML(&page, sample())).To(Succeed())
	golden(t, "compare.html", page.Bytes())
}

func TestSampleHasEveryKindOfChange(t *testing.T) {
	g := NewWithT(t)
	for _, s := range sections(sample()) {
		g.Expect(len(s.Breaks)+len(s.Lines)+len(s.Times)).To(BeNumerically(">", 0), s.Title)
	}
}

// A page that its own policy would stop shows nothing of its style; one that fetches something tells others of the reader.
func TestPageIsNothingButItself(t *testing.T) {
	g := NewWithT(t)
	var page bytes.Buffer
	g.Expect(HTML(&page, sample())).To(Succeed())
	text := page.String()
	styles := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindAllStringSubmatch(text, -1)
	g.Expect(styles).To(HaveLen(1))
	policy := theme.Policy([]string{styles[0][1]}, nil)
	g.Expect(html.UnescapeString(text)).To(ContainSubstring(`content="` + policy + `"`))
	g.Expect(policy).To(And(ContainSubstring("default-src 'none'"), ContainSubstring("script-src 'none'")))
	g.Expect(text).NotTo(MatchRegexp(`(?i)<script|<link|<img|<iframe|src=|style="|url\(|@import|javascript:|onclick`))
	g.Expect(text).To(ContainSubstring("&lt;script&gt;alert(1)"), "what a server sends is text")
	for _, href := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(text, -1) {
		g.Expect(href[1]).To(HavePrefix("#"))
		g.Expect(text).To(ContainSubstring(`id="` + href[1][1:] + `"`))
	}
}

func TestJSONFollowsTheSchema(t *testing.T) {
	g := NewWithT(t)
	data, err := os.ReadFile("testdata/compare.json")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(check(t, parse(t, Schema), parse(t, data))).To(Succeed())
	g.Expect(check(t, closed(parse(t, Schema)), parse(t, data))).To(Succeed(), "a field that is written is described")
	empty, err := stdjson.Marshal(Compare(Source{"a", &verdict.Report{}}, Source{"b", &verdict.Report{}}))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(check(t, parse(t, Schema), parse(t, empty))).To(Succeed(), "lists are lists where there is nothing to tell")
	broken := parse(t, data).(map[string]any)
	broken["choices"] = nil
	g.Expect(check(t, parse(t, Schema), broken)).NotTo(Succeed())
}

func parse(t *testing.T, data []byte) any {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return value
}

func check(t *testing.T, schema, value any) error {
	t.Helper()
	g := NewWithT(t)
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	g.Expect(compiler.AddResource("compare.schema.json", schema)).To(Succeed())
	compiled, err := compiler.Compile("compare.schema.json")
	g.Expect(err).NotTo(HaveOccurred())
	return compiled.Validate(value)
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
