//go:build !unix

package journal

// syncFolder does nothing: folders cannot be opened for that here.
func syncFolder(string) error { return nil }
