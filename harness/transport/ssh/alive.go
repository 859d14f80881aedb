package ssh

import gossh "golang.org/x/crypto/ssh"

// refuseRequests answers the server's global requests as RFC 4254 §4 asks of a client that knows none, and counts those
// that want an answer: servers test by them whether the client is alive.
func (c *Conn) refuseRequests(requests <-chan *gossh.Request) {
	for r := range requests {
		if r.WantReply {
			c.asked.Add(1)
			_ = r.Reply(false, nil)
		}
	}
}

// Asked is how many global requests the server has made that want an answer.
func (c *Conn) Asked() int64 { return c.asked.Load() }
