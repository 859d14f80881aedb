package reference

// Defect is a named, deliberate violation, there to prove that a check can fail.
type Defect struct {
	Name    string   // what the server does wrong
	Summary string   // the same in a sentence
	Breaks  []string // ids of the requirements that it violates by itself
	Follows []string // ids that are violated as a consequence
	Profile string   // the profile to use it with; "" is "full"
	// Transport is what it has to be reached by, as in a target file; "" is "ssh".
	Transport string
}

// Defects lists all defects. Names are unique.
func Defects() []Defect {
	var all []Defect
	for _, table := range []func() []Defect{helloDefects, framingDefects, rpcDefects, lockDefects, sessionDefects, filterDefects, getDefects,
		editDefects, errorsDefects, xpathDefects, commitDefects, datastoreDefects, xmlDefects, capabilitiesDefects, transportDefects,
		tlsDefects, callHomeDefects} {
		all = append(all, table()...)
	}
	return all
}

func defectNames() []string {
	var names []string
	for _, d := range Defects() {
		names = append(names, d.Name)
	}
	return names
}
