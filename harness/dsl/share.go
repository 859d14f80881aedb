package dsl

import "context"

// Shared gives what the first spec of a run that asked for it has made; key names it. What a spec fails to make is made
// again for the next one.
func Shared[T any](ctx context.Context, key string, make func() T) T {
	run := FromContext(ctx)
	if made, there := run.shared.Load(key); there {
		return made.(T)
	}
	made := make()
	run.shared.Store(key, made)
	return made
}
