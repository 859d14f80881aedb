// Package datastore names the configuration datastores of RFC 6241 §5.1.
package datastore

// Name is the element that stands for a datastore inside source and target (RFC 6241 §7).
type Name string

const (
	// Running is the configuration that is in force; every server has it (RFC 6241 §5.1).
	Running Name = "running"
	// Candidate needs the :candidate capability (RFC 6241 §8.3).
	Candidate Name = "candidate"
	// Startup needs the :startup capability (RFC 6241 §8.7).
	Startup Name = "startup"
)

// String gives the element's name.
func (n Name) String() string { return string(n) }
