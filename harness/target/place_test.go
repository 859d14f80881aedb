package target

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
)

func TestPlaces(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Place{URL: "HTTP://192.0.2.1/"}.Scheme()).To(Equal("http"))
	name := filepath.Join(t.TempDir(), "lab.yaml")
	g.Expect(os.WriteFile(name, []byte("address: 192.0.2.1\nuser: me\nurls:\n  - url: file:///tmp\n"), 0o600)).To(Succeed())
	_, err := Load(name)
	g.Expect(err).To(MatchError(And(ContainSubstring("lab.yaml:4:10:"), ContainSubstring("ends with a slash"))))
}
