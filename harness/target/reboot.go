package target

import "context"

// Rebooter switches a device off and on.
type Rebooter interface {
	// Reboot returns once the device goes down; nil says that it does.
	Reboot(ctx context.Context) error
}

// reboot is a Rebooter made of a target file's command: program and arguments, never empty.
type reboot []string

func (r reboot) Reboot(ctx context.Context) error { return run(ctx, r) }
