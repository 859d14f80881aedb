package suites

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/netconf"
)

const withinGet = `<rpc-reply xmlns="urn:ietf:params:xml:ns:netconf:base:1.0" message-id="1"><data>`

func answered(t *testing.T, state string) stock {
	t.Helper()
	g := NewWithT(t)
	document, faults := netconf.Parse([]byte(withinGet + state + `</data></rpc-reply>`))
	g.Expect(faults).To(BeEmpty())
	reply, err := netconf.ParseReply(document)
	g.Expect(err).NotTo(HaveOccurred())
	var k stock
	k.read(reply.Data)
	return k
}

func TestStockOfAYANGLibrary(t *testing.T) {
	g := NewWithT(t)
	const own = `xmlns="urn:ietf:params:xml:ns:yang:ietf-yang-library"`
	old := answered(t, `<modules-state `+own+`><module><name>ietf-system</name><revision>2014-08-06</revision></module>
		<module><name>acme</name><revision/><submodule><name>acme-sub</name><revision>2020-01-01</revision></submodule></module></modules-state>`)
	g.Expect(old.modules).To(Equal([]string{"ietf-system@2014-08-06", "acme"}))
	today := answered(t, `<y:yang-library xmlns:y="urn:ietf:params:xml:ns:yang:ietf-yang-library"><y:module-set><y:name>all</y:name>
		<y:module><y:name>ietf-system</y:name><y:revision> 2014-08-06 </y:revision></y:module></y:module-set></y:yang-library>`)
	g.Expect(today.modules).To(Equal([]string{"ietf-system@2014-08-06"}))
}

func TestStockOfMonitoredSchemas(t *testing.T) {
	k := answered(t, `<netconf-state xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring"><schemas><schema>
		<identifier>ietf-system</identifier><version>2014-08-06</version><format>yang</format></schema></schemas></netconf-state>`)
	NewWithT(t).Expect(k.modules).To(Equal([]string{"ietf-system@2014-08-06"}))
}

func TestSoftwareIsThatOfThePlatform(t *testing.T) {
	g := NewWithT(t)
	k := answered(t, `<system-state xmlns="urn:ietf:params:xml:ns:yang:ietf-system"><platform><os-name>edge-os</os-name>
		<os-release>2.13</os-release><os-version>2.13</os-version><machine>x86_64</machine></platform></system-state>`)
	g.Expect(k.software).To(Equal("edge-os 2.13"))
	g.Expect(answered(t, `<system-state xmlns="urn:other"><platform><os-name>x</os-name></platform></system-state>`)).To(Equal(stock{}))
}

func TestOnlyWhatIsClaimedIsAskedFor(t *testing.T) {
	for name, c := range map[string]struct {
		claims        []string
		asks, neither []string
	}{
		"nothing of the kind": {[]string{"urn:ietf:params:netconf:base:1.1"}, nil, []string{"<"}},
		"monitoring":          {[]string{monitoringNamespace + "?module=ietf-netconf-monitoring"}, []string{"<schemas/>"}, []string{"library", "platform"}},
		"a library and monitoring": {[]string{"urn:ietf:params:netconf:capability:yang-library:1.1?revision=2019-01-04", monitoringNamespace},
			[]string{"<modules-state", "<yang-library", "<platform/>"}, []string{"schemas"}},
		"ietf-system": {[]string{systemNamespace + "?module=ietf-system&revision=2014-08-06"}, []string{"<platform/>"}, []string{"library", "schemas"}},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			var claims netconf.Capabilities
			for _, text := range c.claims {
				claims = append(claims, netconf.ParseCapability(text))
			}
			filter := stockFilter(claims)
			for _, part := range c.asks {
				g.Expect(filter).To(ContainSubstring(part))
			}
			for _, part := range c.neither {
				g.Expect(filter).NotTo(ContainSubstring(part))
			}
		})
	}
}

func TestModulesStandOnceAndInOrder(t *testing.T) {
	NewWithT(t).Expect(settled([]string{"", "b", "c@2020-01-01", "a@2019-01-01", "a@2020-01-01", "c", "a@2019-01-01"})).To(
		Equal([]string{"a@2019-01-01", "a@2020-01-01", "b", "c@2020-01-01"}))
}
