package filter

import (
	"strings"
	"unicode"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func content() {
	contentMatches()
	contentBesideOthers()
	contentCombined()
	contentOnState()
	contentWhitespace()
	contentWithChildren()
}

func contentMatches() {
	exactMatch()
	judge("content-true-alone-returns-siblings", "rfc6241-6.2.5-content-true-alone-returns-siblings", "select all siblings where they stand alone",
		probe{filter: inside(`<t:user><t:name>{fred}</t:name></t:user>`), holds: []string{"count({entries}) = 1"}, same: []string{"{entries}[t:name = {fred}]"}},
		probe{filter: inside(`<t:user><t:full-name>{full}</t:full-name></t:user>`), holds: []string{"count({entries}) = 1"}, same: []string{"{entries}[t:name = {fred}]"}})
}

func exactMatch() {
	const id = "rfc6241-6.2.5-content-exact-match"
	It("select by equal content alone", Spec("filter/content-exact-match"), Covers(id), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		fred, err := r.cast.Value("fred")
		Given(err).To(Succeed())
		user := func(name string) string { return inside(`<t:user><t:name>` + escape(name) + `</t:name></t:user>`) }
		probes := []probe{{filter: inside(`<t:user><t:name>{fred}</t:name></t:user>`), holds: []string{"count({entries}[t:name = {fred}]) = 1"}}}
		for _, near := range nearly(fred) {
			if r.count(`{entries}[t:name = `+netconf.Literal(near)+`]`) == 0 {
				probes = append(probes, probe{filter: user(near), none: "content that is nearly right", holds: []string{"not({entries})"}})
			}
		}
		r.judge(id, probes)
	})
}

// nearly gives values that are nearly the one given: cut, longer, in the other case.
func nearly(value string) []string {
	letters := []rune(value)
	all := []string{value + string(letters[len(letters)-1])}
	if len(letters) > 1 {
		all = append(all, string(letters[:len(letters)-1]))
	}
	swapped := strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, value)
	if swapped != value {
		all = append(all, swapped)
	}
	return all
}

func contentBesideOthers() {
	judge("content-true-with-selection", "rfc6241-6.2.5-content-true-with-selection", "select no siblings beside selection nodes",
		probe{filter: inside(`<t:user><t:name>{fred}</t:name><t:type/><t:full-name/></t:user>`), holds: only("name", "type", "full-name")})
	judge("content-true-with-containment", "rfc6241-6.2.5-content-true-with-containment", "let containment nodes beside them select",
		probe{filter: inside(`<t:user><t:name>{fred}</t:name><t:company-info><t:id/></t:company-info></t:user>`),
			holds: all(only("name", "company-info"), exactly("{entries}/t:company-info", "id"))})
	judge("content-true-nested-false", "rfc6241-6.2.5-content-true-nested-false", "do not save containment nodes whose own criteria fail",
		probe{filter: inside(`<t:user><t:name>{fred}</t:name><t:company-info><t:dept>{elsewhere}</t:dept></t:company-info></t:user>`),
			holds: []string{"not({entries}/t:company-info[normalize-space()])", "not({entries}/*[not(self::t:name or {key})][normalize-space()])",
				"not({entries}[t:name and t:name != {fred}])"},
			notes: []note{{"entry of which one containment node failed", "{entries}"}}})
	judge("content-match-non-key", "rfc6241-6.2.5-content-match-non-key", "may be in any container",
		probe{filter: inside(`<t:user><t:company-info><t:dept>{dept}</t:dept></t:company-info></t:user>`),
			holds: []string{"not({entries}/t:company-info[not(t:dept = {dept})][normalize-space()])"},
			same:  []string{"{entries}[t:company-info/t:dept = {dept}]/t:company-info"},
			notes: []note{{"entry in which nothing was selected", "{entries}[not(t:company-info[normalize-space()])]"}}})
}

func contentCombined() {
	judge("content-false-prunes-set", "rfc6241-6.2.5-content-false-prunes-set", "select nothing where one is false",
		probe{filter: inside(`<t:user><t:name>{barney}</t:name><t:type>{superuser}</t:type><t:company-info><t:dept/></t:company-info></t:user>`),
			holds: []string{"not({entries})"}},
		probe{filter: inside(`<t:user><t:name>{fred}</t:name><t:type>{superuser}</t:type></t:user>`), holds: []string{"not({entries})"}})
	judge("content-and", "rfc6241-6.2.5-content-and", "must all be true",
		probe{filter: inside(`<t:user><t:type>{admin}</t:type><t:full-name>{full}</t:full-name></t:user>`),
			holds: []string{"count({entries}) = 1", "{entries}[t:name = {fred}]"}},
		probe{where: twoKeys, filter: `<t:services><t:route><t:from>north</t:from><t:to>south</t:to></t:route></t:services>`,
			holds: []string{"count(//t:route) = 1"}},
		probe{where: twoKeys, filter: `<t:services><t:route><t:from>north</t:from><t:to>nowhere</t:to></t:route></t:services>`,
			holds: []string{"not(//t:route)"}})
	judge("content-and-same-name", "rfc6241-6.2.5-content-and-same-name", "must all be true where they have one name",
		probe{filter: inside(`<t:user><t:name>{fred}</t:name><t:name>{root}</t:name></t:user>`), none: "two values for one leaf",
			holds: []string{"not({entries})"}})
	const id = "rfc6241-6.2.5-content-false-other-instances"
	It("concern their own entry only", Spec("filter/content-false-other-instances"), Covers(id), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		r.judge(id, []probe{{filter: inside(`<t:user><t:type>{admin}</t:type></t:user>`),
			holds: []string{r.counted("{entries}[t:type = {admin}]"), "not({entries}[not(t:type = {admin})])"}}})
	})
}

func contentOnState() {
	const id = "rfc6241-6.2.5-content-match-on-state"
	It("may be state data", Spec("filter/content-match-on-state"), Covers(id), func(ctx ginkgo.SpecContext) {
		r := beginState(ctx)
		r.judge(id, []probe{{filter: inside(`<t:user><t:name>{fred}</t:name></t:user>`),
			holds: []string{"{entries}", "not({entries}[not(t:name = {fred})])"}}})
	})
}

func contentWhitespace() {
	judge("whitespace-trimmed", "rfc6241-6.2.5-whitespace-trimmed", "may have white space around them",
		probe{filter: inside("<t:user><t:name>\n {fred}\t </t:name></t:user>"), like: inside(`<t:user><t:name>{fred}</t:name></t:user>`),
			holds: []string{"{entries}[t:name = {fred}]"}})
	innerWhitespace()
	const id = "rfc6241-6.2.5-whitespace-only-is-selection"
	It("are selection nodes where they are blank", Spec("filter/whitespace-only-is-selection"), Covers(id), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		every := []string{r.counted("{entries}/t:full-name")}
		r.judge(id, []probe{{filter: inside(`<t:user><t:full-name></t:full-name></t:user>`), holds: every},
			{filter: inside(`<t:user><t:full-name>  </t:full-name></t:user>`), holds: every}})
	})
}

func innerWhitespace() {
	const id = "rfc6241-6.2.5-inner-whitespace-significant"
	It("differ by white space inside", Spec("filter/inner-whitespace-significant"), Covers(id), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		full, err := r.cast.Value("blank")
		if err != nil {
			NoVerdict(err.Error())
		}
		user := func(name string) string {
			return inside(`<t:user><t:full-name>` + escape(name) + `</t:full-name></t:user>`)
		}
		r.judge(id, []probe{
			{filter: user(strings.Replace(full, " ", "  ", 1)), none: "two blanks for one", holds: []string{"not({entries})"}},
			{filter: user(full), holds: []string{"{entries}[t:full-name = {full}]"}},
		})
	})
}

func contentWithChildren() {
	const id = "rfc6241-6.2.5-content-match-without-children"
	It("may not have children", Spec("filter/content-match-without-children"), Covers(id), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		filter := r.cast.XML(inside(`<t:user><t:name>{fred}<t:x/></t:name></t:user>`))
		for _, op := range r.operations(probe{}) {
			reply := r.ask(op, filter)
			Demand(id, reply).To(dataOrError())
			Observe("a content match node with a child ("+string(op)+")", outcome(reply), "data", "data with nothing in it", "rpc-error …")
			Demand(id, r.s).To(StillAnswer(ctx))
		}
	})
}

// dataOrError holds for a reply with data or an rpc-error.
func dataOrError() Matcher {
	return BeReply("data or an rpc-error", func(r *session.Reply) bool { return r.Data != nil || len(r.Errors) > 0 })
}
