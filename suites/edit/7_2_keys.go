package edit

func keys() {
	specify(probe{slug: "missing-key", text: "refuses a list entry without its key", id: "rfc6241-7.2-config-model-missing-key",
		model: func(m model) []trial {
			var all []trial
			for _, operation := range []string{"merge", "create", "delete"} {
				all = append(all, trial{doing: operation + " of an entry without its key", sound: m.users(newWilma()), reply: refuse(),
					send:  m.users(user{kind: "admin"}.xml(`xc:operation="` + operation + `"`)),
					legal: []string{"missing-element name"}})
			}
			return all
		}})
}
