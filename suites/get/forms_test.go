package get

import (
	"testing"

	"github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/netconf"
)

func TestFormsSayTheSame(t *testing.T) {
	g := gomega.NewWithT(t)
	for _, value := range []string{"fred", "a<b>&c", "été", "x"} {
		for _, form := range forms(`<rpc a="1"><source><running/></source><name>VALUE</name></rpc>`, value) {
			document, faults := netconf.Parse([]byte(form.document))
			g.Expect(faults).To(gomega.BeEmpty(), form.what)
			x, err := netconf.CompileXPath("/rpc[@a = 1 and source/running]/name", nil)
			g.Expect(err).NotTo(gomega.HaveOccurred())
			g.Expect(x.Strings(document)).To(gomega.Equal([]string{value}), form.what)
		}
	}
}
