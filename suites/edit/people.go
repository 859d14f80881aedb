package edit

// user is an entry of the model's list of users; what is empty is not there.
type user struct{ name, kind, fullName, dept, id string }

// The users that are there when a trial begins.
func root() user   { return user{"root", "superuser", "Charlie Root", "1", "1"} }
func fred() user   { return user{"fred", "admin", "Fred Flintstone", "2", "2"} }
func barney() user { return user{"barney", "admin", "Barney Rubble", "2", "3"} }

// Users that are not there when a trial begins.
func wilma() user { return user{"wilma", "admin", "Wilma Flintstone", "2", "4"} }
func betty() user { return user{"betty", "admin", "Betty Rubble", "2", "5"} }

// xml is the entry; attributes is what its start tag holds, "" nothing.
func (u user) xml(attributes string) string {
	company := tagged("dept", u.dept) + tagged("id", u.id)
	return "<user" + spaced(attributes) + ">" + tagged("name", u.name) + tagged("type", u.kind) +
		tagged("full-name", u.fullName) + tagged("company-info", company) + "</user>"
}

// people is what stands inside top with just these users; the interfaces stay what they are when a trial begins.
func people(users ...user) string {
	content := ""
	for _, u := range users {
		content += u.xml("")
	}
	return "<users>" + content + "</users>" + interfaces()
}

// Parts of an edit of users: two that can be made, and three that cannot, as the data is there or is not.
func newWilma() string { return wilma().xml("") }
func newBetty() string { return betty().xml("") }
func fredAgain() string {
	return `<user xc:operation="create"><name>fred</name><type>superuser</type></user>`
}
func rootAgain() string {
	return `<user xc:operation="create"><name>root</name><type>admin</type></user>`
}
func deletePebbles() string { return `<user xc:operation="delete"><name>pebbles</name></user>` }

func interfaces() string {
	return "<interface><name>eth0</name><mtu>1500</mtu><description>uplink</description></interface>" +
		"<interface><name>eth1</name><mtu>1500</mtu></interface>"
}

func tagged(name, content string) string {
	if content == "" {
		return ""
	}
	return "<" + name + ">" + content + "</" + name + ">"
}

func spaced(attributes string) string {
	if attributes == "" {
		return ""
	}
	return " " + attributes
}
