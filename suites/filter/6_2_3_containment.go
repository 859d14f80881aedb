package filter

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
)

func containment() {
	hierarchy()
	allInstances()
	judge("mixed-children", "rfc6241-6.2.3-mixed-children", "may have children of all kinds",
		probe{filter: inside(`<t:user><t:name>{fred}</t:name><t:full-name/><t:company-info><t:id/></t:company-info></t:user>`),
			holds: all(only("name", "full-name", "company-info"), exactly("{entries}/t:company-info", "id"))})
	judge("sibling-of-containment-suppressed", "rfc6241-6.2.3-sibling-of-containment-suppressed", "leave out their siblings",
		probe{filter: inside(`<t:user><t:company-info><t:id/></t:company-info></t:user>`),
			holds: all([]string{"not({entries}/*[not(self::t:company-info or {key})][normalize-space()])"}, exactly("{entries}/t:company-info", "id"))})
}

func hierarchy() {
	const id = "rfc6241-6.2.3-hierarchy-must-match"
	It("select only where the levels are those of the data", Spec("filter/hierarchy-must-match"), Covers(id), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		if len(r.cast.Path()) < 2 {
			NoVerdict("the list is a child of a top-level node: there is no level to skip")
		}
		r.judge(id, []probe{{filter: `<t:top><t:user><t:name/></t:user></t:top>`, none: "a level left out",
			holds: []string{"not(//t:user)"}}})
	})
}

func allInstances() {
	const id = "rfc6241-6.2.3-all-instances"
	It("select all entries of a list", Spec("filter/all-instances"), Covers(id), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		r.judge(id, []probe{{filter: inside(`<t:user><t:type/></t:user>`), holds: []string{r.counted("{entries}[t:type]")}}})
	})
}
