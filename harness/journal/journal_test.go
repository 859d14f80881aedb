package journal_test

import (
	"os"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/journal"
	"github.com/ncspec/ncspec/harness/target"
)

func open(t *testing.T, folder, address string) *journal.Place {
	t.Helper()
	p, err := journal.Open(folder, address)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { _ = p.Close() })
	return p
}

func head() journal.Head {
	return journal.Head{Target: "lab", Started: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Running: []byte("<rpc-reply/>"), Lockable: true,
		Fixture: &target.Fixture{Name: "leaf", Leaf: &target.Leaf{Path: []target.Node{{Namespace: "urn:x", Local: "a"}}, Values: [2]string{"1", "2"}}}}
}

func TestAJournalComesBackAsItWasWritten(t *testing.T) {
	g, folder := NewWithT(t), t.TempDir()
	p := open(t, folder, "[2001:db8::1]:830")
	g.Expect(p.Read()).To(BeNil())
	g.Expect(p.Begin(head())).To(Succeed())
	g.Expect(p.Add(journal.Entry{Persist: "token \n"})).To(Succeed())
	g.Expect(p.Add(journal.Entry{URL: "file:///x"})).To(Succeed())
	g.Expect(p.Close()).To(Succeed())

	p = open(t, folder, "[2001:db8::1]:830")
	record, err := p.Read()
	g.Expect(err).NotTo(HaveOccurred())
	wanted := head()
	wanted.Format = journal.Format
	g.Expect(record).To(Equal(&journal.Record{Head: wanted, Entries: []journal.Entry{{Persist: "token \n"}, {URL: "file:///x"}}}))
	g.Expect(p.Remove()).To(Succeed())
	g.Expect(p.Read()).To(BeNil())
	g.Expect(p.Remove()).To(Succeed(), "there is nothing to remove")
}

func TestALineThatIsCutOffSaysNothing(t *testing.T) {
	g := NewWithT(t)
	p := open(t, t.TempDir(), "host:830")
	g.Expect(p.Begin(head())).To(Succeed())
	g.Expect(p.Add(journal.Entry{Persist: "one"})).To(Succeed())
	file, err := os.OpenFile(p.Path(), os.O_APPEND|os.O_WRONLY, 0)
	g.Expect(err).NotTo(HaveOccurred())
	_, err = file.WriteString(`{"persist":"tw`)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(file.Close()).To(Succeed())
	record, err := p.Read()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(record.Entries).To(Equal([]journal.Entry{{Persist: "one"}}))
}

func TestWhatIsNoJournalIsNamed(t *testing.T) {
	for text, why := range map[string]string{"": "EOF", "rubbish\n": "invalid character", `{"format":"ncspec-journal/v9"}` + "\n": "ncspec-journal/v9"} {
		g := NewWithT(t)
		p := open(t, t.TempDir(), "host:830")
		g.Expect(os.WriteFile(p.Path(), []byte(text), 0o600)).To(Succeed())
		_, err := p.Read()
		g.Expect(err).To(MatchError(And(ContainSubstring(p.Path()), ContainSubstring(why))))
	}
}

func TestOnlyItsOwnerReadsAJournal(t *testing.T) {
	g, folder := NewWithT(t), t.TempDir()+"/new"
	p := open(t, folder, "host:830")
	g.Expect(p.Begin(head())).To(Succeed())
	for path, mode := range map[string]os.FileMode{p.Path(): 0o600, folder: 0o700} {
		info, err := os.Stat(path)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(info.Mode().Perm()).To(Equal(mode), path)
	}
}

func TestOneRunAtATimeHasATarget(t *testing.T) {
	g, folder := NewWithT(t), t.TempDir()
	p := open(t, folder, "host:830")
	_, err := journal.Open(folder, "host:830")
	g.Expect(err).To(MatchError(journal.ErrBusy))
	open(t, folder, "host:831")
	g.Expect(p.Close()).To(Succeed())
	open(t, folder, "host:830")
}
