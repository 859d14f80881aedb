package filter

func selection() {
	judge("selection-selects-subtree", "rfc6241-6.2.4-selection-selects-subtree", "select all that is below them",
		probe{filter: `<t:top/>`, same: []string{"{data}/t:top"}},
		probe{filter: inside(`<t:user><t:company-info/></t:user>`), same: []string{"{entries}/t:company-info"}},
		probe{filter: inside(`<t:user/>`), same: []string{"{entries}"}})
	judge("selection-suppresses-siblings", "rfc6241-6.2.4-selection-suppresses-siblings", "leave out their siblings",
		probe{filter: inside(`<t:user><t:type/></t:user>`), holds: []string{"{entries}/t:type",
			"not({entries}/*[not(self::t:type or {key})][normalize-space()])"}},
		probe{filter: inside(`<t:user><t:type/><t:full-name/></t:user>`), holds: []string{"{entries}/t:full-name",
			"not({entries}/*[not(self::t:type or self::t:full-name or {key})][normalize-space()])"}})
	judge("empty-tag-forms-equal", "rfc6241-6.2.4-empty-tag-forms-equal", "may be one tag or two",
		probe{filter: `<t:top><t:users></t:users></t:top>`, like: `<t:top><t:users/></t:top>`, holds: []string{"{data}/t:top/t:users"}})
	judge("whitespace-inside-selection-ignored", "rfc6241-6.2.4-whitespace-inside-selection-ignored", "may hold white space",
		probe{filter: `<t:top><t:users> </t:users></t:top>`, like: `<t:top><t:users/></t:top>`, holds: []string{"{data}/t:top/t:users"}},
		probe{filter: "<t:top><t:users>\n\t</t:users></t:top>", like: `<t:top><t:users/></t:top>`, holds: []string{"{data}/t:top/t:users"}},
		probe{filter: inside("<t:user><t:type>\n</t:type></t:user>"), like: inside(`<t:user><t:type/></t:user>`), holds: []string{"{entries}/t:type"}})
	judge("selection-below-right-parent", "rfc6241-6.2.4-selection-below-right-parent", "select only below the right parent",
		probe{filter: `<t:top><t:name/></t:top>`, none: "a node below the wrong parent", holds: []string{"not(//t:name)"}})
}
