package netconf

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestCommitParameters(t *testing.T) {
	g := NewWithT(t)
	for want, got := range map[string]string{
		"<commit/>":                     CommitWith(),
		"<commit><confirmed/></commit>": CommitWith(Confirmed()),
		"<cancel-commit><persist-id>a&lt;b</persist-id></cancel-commit>": CancelPersistent("a<b"),
		"<cancel-commit><persist-id/></cancel-commit>":                   CancelPersistent(""),
		"<commit><persist-id>IQ,d4668</persist-id></commit>":             CommitWith(PersistID("IQ,d4668")),
		"<commit><confirmed/><confirm-timeout>60</confirm-timeout><persist>a</persist><persist-id>b</persist-id></commit>": CommitWith(
			PersistID("b"), Persist("a"), ConfirmTimeout(60), Confirmed()),
	} {
		g.Expect(got).To(Equal(want))
	}
}
