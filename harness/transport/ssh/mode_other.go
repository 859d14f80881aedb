//go:build !unix

package ssh

// checkMode takes every file: there are no modes to judge by.
func checkMode(string) error { return nil }
