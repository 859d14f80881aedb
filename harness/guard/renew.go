package guard

import "context"

// Renew opens a new session of the guard's own where the last one no longer answers. It tells whether that was so, and the
// session-ids of the two. A guard that has not begun has no session, and gets none.
func (g *Guard) Renew(ctx context.Context) (before, after string, lost bool, err error) {
	g.mutex.Lock()
	last := g.own
	g.mutex.Unlock()
	if last == nil {
		return "", "", false, nil
	}
	now, err := g.session(ctx)
	if err != nil {
		return last.ID(), "", true, err
	}
	return last.ID(), now.ID(), now != last, nil
}
