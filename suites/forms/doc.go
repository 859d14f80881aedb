// Package forms holds the tests of the ways to run the suites in somebody's own Go tests and Ginkgo suites. It is a
// package apart, and plays each of them in a process of its own: they all want Ginkgo's one tree of specs.
package forms
