// Package effect names what a probe or a request touches on a target, and which of it a safety level admits.
package effect

import (
	"fmt"
	"strings"
)

// Effect is the strongest state that a probe or a request touches; a greater value touches more.
type Effect int

// The effects, weakest first.
const (
	Nothing   Effect = iota // reads only
	Session                 // opens, ends or breaks our own sessions
	Lock                    // takes a lock, and so hinders others
	Candidate               // changes the candidate datastore
	Running                 // changes the running datastore
	Startup                 // changes the startup datastore
	Server                  // may disturb the server as a whole
)

func names() []string {
	return []string{"nothing", "session", "lock", "candidate", "running", "startup", "server"}
}

// String gives the catalogue's word for the effect.
func (e Effect) String() string {
	if all := names(); e >= 0 && int(e) < len(all) {
		return all[e]
	}
	return fmt.Sprintf("effect(%d)", int(e))
}

// Parse reads the catalogue's word for an effect; the error lists the words that are known.
func Parse(word string) (Effect, error) {
	for i, name := range names() {
		if name == word {
			return Effect(i), nil
		}
	}
	return Nothing, fmt.Errorf("unknown effect %q: use one of %s", word, strings.Join(names(), ", "))
}

// Safety is the level up to which a run may touch its target.
type Safety string

// The safety levels, most careful first.
const (
	ReadOnly   Safety = "read-only"
	Careful    Safety = "candidate"
	Normal     Safety = "running"
	Disruptive Safety = "disruptive"
)

// ParseSafety reads a safety level; the error lists the levels that are known.
func ParseSafety(word string) (Safety, error) {
	switch s := Safety(word); s {
	case ReadOnly, Careful, Normal, Disruptive:
		return s, nil
	}
	return "", fmt.Errorf("unknown safety level %q: use read-only, candidate, running or disruptive", word)
}

// Limit is the strongest effect that the level admits.
func (s Safety) Limit() Effect {
	switch s {
	case Careful:
		return Candidate
	case Normal:
		return Running
	case Disruptive:
		return Server
	}
	return Session
}

// Admits tells whether a run at this level may have the effect.
func (s Safety) Admits(e Effect) bool { return e <= s.Limit() }

// Needs is the most careful level that admits the effect.
func Needs(e Effect) Safety {
	for _, s := range []Safety{ReadOnly, Careful, Normal} {
		if s.Admits(e) {
			return s
		}
	}
	return Disruptive
}
