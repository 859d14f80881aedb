package dsl

// resource is something that a spec may need of the target beside capabilities.
type resource struct {
	there     func(*Run) bool
	otherwise string // what to tell the user where it is not there
}

// resources are the names that Needs knows beside capabilities.
func resources() map[string]resource {
	return map[string]resource{
		"fixture:leaf": {func(r *Run) bool { f := r.Target.Fixture; return f != nil && f.Leaf != nil },
			"no fixture leaf is known for this target: name one in a target file"},
		"fixture:text": {func(r *Run) bool { f := r.Target.Fixture; return f != nil && f.Leaf != nil && f.TextLeaf },
			"no fixture leaf that takes any text is known for this target: name one in a target file"},
		"fixture:model": {func(r *Run) bool { f := r.Target.Fixture; return f != nil && f.Model != nil },
			"the target does not serve the model that this probe needs"},
		"fixture:hidden": {func(r *Run) bool { f := r.Target.Fixture; return f != nil && f.Hidden != nil },
			"no data is known that the second user may not see: a target file can name some"},
		"fixture:list": {func(r *Run) bool { f := r.Target.Fixture; return f != nil && f.List != nil },
			"no fixture list is known for this target: name one in a target file"},
		"fixture:operational": {func(r *Run) bool { return r.Target.Operational != nil },
			"no operational request is known for this target: name one in a target file"},
		"fixture:constraint": {func(r *Run) bool { f := r.Target.Fixture; return f != nil && f.Constraint != nil },
			"no rule between nodes is known for this target that a change could break: a target file can name one"},
		"reboot": {func(r *Run) bool { return r.Target.Rebooter != nil },
			"nobody may reboot this target: a target file can name a command for it"},
		"side-channel": {func(r *Run) bool { return r.Target.SideChannel != nil },
			"no way past NETCONF is known for this target: a target file can name the commands of a side channel"},
		"second-user": {func(r *Run) bool { return r.Second != nil },
			"no second user is known for this target: a target file can name one"},
		"odd-user": {func(r *Run) bool { return r.Odd != nil },
			"no account is known whose name cannot be written in XML: a target file can name one"},
		"default-ports": {func(r *Run) bool { p := r.Target.DefaultPorts; return p != nil && p.NETCONF != "" && p.SSH != "" },
			"the target is not known to have default settings: a target file can say where its ports 830 and 22 are"},
		"default-ports:tls": {func(r *Run) bool { p := r.Target.DefaultPorts; return p != nil && p.TLS != "" },
			"the target is not known to have default settings: a target file can say where its port 6513 is"},
		"default-ports:call-home": {func(r *Run) bool { p := r.Target.DefaultPorts; return p != nil && p.CallHome != "" },
			"it is not known where the target calls by default: a target file can say what address of this machine that is"},
		"tls-identities": {func(r *Run) bool { return len(r.Target.TLS.Identities) > 0 },
			"no client certificates are known that the target was set up for to show this: a target file can name them"},
	}
}
