package reference

// operation is one that the server offers.
type operation struct {
	privileged bool // not for users with few rights
	last       bool // may end the session
	run        func(*session, *input) reply
}

// operationsOf gives the operations of a profile: what a server does not claim it does not have.
func operationsOf(p profile) map[name]operation {
	ops := map[name]operation{
		base("get"):           {run: (*session).get},
		base("get-config"):    {run: (*session).getConfig},
		base("edit-config"):   {run: (*session).editConfig}, // the data decides who may
		base("copy-config"):   {privileged: true, run: (*session).copyConfig},
		base("delete-config"): {privileged: true, run: (*session).deleteConfig},
		base("lock"):          {privileged: true, run: (*session).lock},
		base("unlock"):        {privileged: true, run: (*session).unlock},
		base("kill-session"):  {privileged: true, run: (*session).killSession},
		base("close-session"): {last: true, run: (*session).closeSession},
	}
	if p.candidate {
		ops[base("commit")] = operation{run: (*session).commit} // the data decides who may
		ops[base("discard-changes")] = operation{privileged: true, run: (*session).discardChanges}
	}
	if p.confirmed11 {
		ops[base("cancel-commit")] = operation{privileged: true, run: (*session).cancelCommit}
	}
	if p.validate {
		ops[base("validate")] = operation{run: (*session).validate}
	}
	if p.partialLock {
		ops[name{partialLockNS, "partial-lock"}] = operation{privileged: true, run: (*session).partialLock}
		ops[name{partialLockNS, "partial-unlock"}] = operation{privileged: true, run: (*session).partialUnlock}
	}
	for n, op := range p.operations {
		ops[n] = op
	}
	return ops
}
