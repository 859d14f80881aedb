package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/guard"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/suites"
)

// soak is how runs are killed, and whose target they had.
type soak struct {
	times            int
	ncspec           string
	longest          time.Duration
	seed             int64
	target, identity string

	random *rand.Rand
	folder string         // for reports and journals
	reach  suites.Options // the way to the target
	login  []string       // the same for ncspec
}

// run kills as often as asked for. The error says which time the target was not what it had been.
func (s *soak) run(ctx context.Context) error {
	stop, err := s.prepare(ctx)
	if err != nil {
		return err
	}
	defer stop()
	began, undone := time.Now(), 0
	for i := range s.times {
		before, err := s.state(ctx)
		if err != nil {
			return fmt.Errorf("reading the target before run %d: %w", i+1, err)
		}
		said, err := s.once(ctx)
		if err != nil {
			return fmt.Errorf("run %d of seed %d: %w", i+1, s.seed, err)
		}
		after, err := s.state(ctx)
		if err != nil {
			return fmt.Errorf("reading the target after run %d: %w", i+1, err)
		}
		if gone, added := guard.Difference(before, after); len(gone)+len(added) > 0 {
			return fmt.Errorf("run %d of seed %d: the target is not what it was\nit lacks\n  %s\nit has\n  %s\nrecover said\n%s",
				i+1, s.seed, strings.Join(gone, "\n  "), strings.Join(added, "\n  "), said)
		}
		if strings.Contains(said, "undone:") {
			undone++
		}
	}
	fmt.Printf("%d runs killed, the target was as before %d times of %d, changes undone after %d of them, %.0f s, seed %d\n",
		s.times, s.times, s.times, undone, time.Since(began).Seconds(), s.seed)
	return nil
}

// prepare starts the reference server where there is no target.
func (s *soak) prepare(ctx context.Context) (func(), error) {
	folder, err := os.MkdirTemp("", "ncspec-soak-")
	if err != nil {
		return nil, fmt.Errorf("making a folder: %w", err)
	}
	stop := func() { _ = os.RemoveAll(folder) }
	s.folder = folder
	if s.target == "" {
		server, err := reference.Start(ctx, reference.Options{})
		if err != nil {
			stop()
			return nil, err
		}
		s.target = "ssh://admin@" + server.Addr()
		if err := os.Setenv(target.DefaultPasswordEnv, "admin"); err != nil {
			return nil, err
		}
		stop = func() { _, _ = server.Close(), os.RemoveAll(folder) }
	}
	t, err := target.Parse(s.target)
	if err != nil {
		stop()
		return nil, err
	}
	t.HostKey, t.PasswordEnv = target.AcceptHostKey, target.DefaultPasswordEnv
	s.login = []string{s.target, "--host-key", t.HostKey, "--journal", filepath.Join(folder, "journal")}
	if s.identity != "" {
		t.Identities = []string{s.identity}
		s.login = append(s.login, "--identity", s.identity)
	}
	s.reach = suites.Options{Target: t}
	if err := s.reach.Reach(suites.Ask{}); err != nil {
		stop()
		return nil, err
	}
	return stop, nil
}

// once starts a run, kills it, and recovers; it gives what recover said.
func (s *soak) once(ctx context.Context) (string, error) {
	run := exec.CommandContext(ctx, s.ncspec, append([]string{"run", "--quiet", "--safety", "disruptive",
		"--seed", fmt.Sprint(1 + s.random.IntN(1_000_000)), "--out", filepath.Join(s.folder, "report")}, s.login...)...)
	if err := run.Start(); err != nil {
		return "", fmt.Errorf("starting ncspec: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- run.Wait() }()
	select {
	case <-time.After(time.Duration(s.random.Int64N(int64(s.longest)))):
		_ = run.Process.Kill()
		<-ended
	case <-ended:
	}
	said, err := exec.CommandContext(ctx, s.ncspec, append([]string{"recover"}, s.login...)...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("ncspec recover: %w\n%s", err, said)
	}
	return string(said), nil
}

// state is the target's configuration, a line a node.
func (s *soak) state(ctx context.Context) ([]string, error) {
	conn, err := s.reach.Dialer.Dial(ctx)
	if err != nil {
		return nil, err
	}
	stream, err := conn.Open(ctx)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	own := session.New(stream, conn, session.Config{Settle: settling})
	defer own.Close()
	if err := own.Exchange(ctx); err != nil {
		return nil, err
	}
	defer own.Leave(ctx)
	var all []string
	for _, d := range []datastore.Name{datastore.Running, datastore.Candidate, datastore.Startup} {
		if d != datastore.Running && !own.Hello().Capabilities.Has(string(d)) {
			continue
		}
		reply := own.GetConfig(ctx, d, "")
		if ok, _ := match.CarryData().Match(reply); !ok {
			return nil, fmt.Errorf("reading %s: %s", d, match.Show(reply))
		}
		for _, line := range guard.Leaves(reply.Data)[0] {
			all = append(all, string(d)+" "+line)
		}
	}
	slices.Sort(all)
	return all, nil
}

// settling is the pause behind the hellos for servers that lose a request sent at once.
const settling = 50 * time.Millisecond
