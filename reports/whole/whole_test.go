package whole_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/reports/whole"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

func TestAFileAppearsWhole(t *testing.T) {
	g, path := NewWithT(t), filepath.Join(t.TempDir(), "report")
	g.Expect(whole.Write(path, text("first"))).To(Succeed())
	g.Expect(whole.Write(path, text("second"))).To(Succeed())
	g.Expect(os.ReadFile(path)).To(BeEquivalentTo("second"))
	info, err := os.Stat(path)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(info.Mode().Perm()).To(Equal(os.FileMode(0o644)))
	g.Expect(os.ReadDir(filepath.Dir(path))).To(HaveLen(1))
}

func TestWhatFailsLeavesTheLastFileAndNothingElse(t *testing.T) {
	g, path := NewWithT(t), filepath.Join(t.TempDir(), "report")
	g.Expect(whole.Write(path, text("first"))).To(Succeed())
	full := errors.New("no space left")
	err := whole.Write(path, func(w io.Writer) error { _ = text("half")(w); return full })
	g.Expect(err).To(MatchError(full))
	g.Expect(err).To(MatchError(ContainSubstring(path)))
	g.Expect(os.ReadFile(path)).To(BeEquivalentTo("first"))
	g.Expect(os.ReadDir(filepath.Dir(path))).To(HaveLen(1))
	g.Expect(whole.Write(filepath.Join(path, "none"), text(""))).To(MatchError(ContainSubstring(path)))
}
