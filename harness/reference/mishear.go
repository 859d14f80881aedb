package reference

import "time"

// deafness is how long a server does not listen that loses a hello which comes before its own.
const deafness = 50 * time.Millisecond

// sendsLate tells whether the server does not listen until it sends its hello, and sees to that hello.
func (s *session) sendsLate() bool {
	if !s.broken("early-client-hello-lost") {
		return false
	}
	s.asleep.Store(true)
	s.srv.options.Clock.AfterFunc(deafness, func() {
		s.asleep.Store(false)
		s.sendHello()
	})
	return true
}
