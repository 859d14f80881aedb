package dsl

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

// outages is what a run has seen of a server that went away and came back.
type outages struct {
	mutex sync.Mutex
	since time.Time     // it has been refusing sessions; zero where it is not
	away  time.Duration // the longest that it has refused them since the last note
	all   []outage
}

// outage is one time that it did.
type outage struct {
	spec          string        // that was running
	lost          bool          // the run's own session ended too
	before, after string        // session-ids of the run's own session, where it did
	away          time.Duration // how long sessions were refused at the least; 0 where none was asked for meanwhile
}

// refused notes that the server has just refused a session.
func (o *outages) refused() {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.since.IsZero() {
		o.since = time.Now()
	}
}

// over notes that the server has just given one.
func (o *outages) over() {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if !o.since.IsZero() {
		o.away, o.since = max(o.away, time.Since(o.since)), time.Time{}
	}
}

// note keeps what was found during a spec, and says it in words, "" where there was no outage.
func (o *outages) note(spec string, found outage) string {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	found.spec, found.away, o.away = spec, o.away, 0
	if !found.lost && found.away == 0 {
		return ""
	}
	o.all = append(o.all, found)
	return found.String()
}

// String says what happened, of the server.
func (o outage) String() string {
	var parts []string
	if o.lost {
		parts = append(parts, fmt.Sprintf("ended the run's own session too (session-id %s, then %s)", o.before, o.after))
	}
	if o.away > 0 {
		parts = append(parts, fmt.Sprintf("refused sessions for %v", o.away.Round(time.Millisecond)))
	}
	return strings.Join(parts, " and ")
}

// mostTold bounds the outages that a report tells one by one.
const mostTold = 5

// Outages says for the report when the server went away and came back during the run, "" for never.
func (r *Run) Outages() string {
	r.outages.mutex.Lock()
	defer r.outages.mutex.Unlock()
	var told []string
	for _, one := range r.outages.all[:min(mostTold, len(r.outages.all))] {
		told = append(told, fmt.Sprintf("During %s the server %s", one.spec, one))
	}
	if len(told) == 0 {
		return ""
	}
	if more := len(r.outages.all) - len(told); more > 0 {
		told = append(told, fmt.Sprintf("and %d times more", more))
	}
	return fmt.Sprintf("The server went away and came back, as one does that died (%d in all). %s.", len(r.outages.all), strings.Join(told, "; "))
}
