package suites

import (
	"context"
	"fmt"
	"time"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/guard"
	"github.com/ncspec/ncspec/harness/journal"
	"github.com/ncspec/ncspec/harness/session"
)

// NoJournal in Options.Journal keeps none: nobody undoes what a run that is killed has left.
const NoJournal = "none"

// Interrupted is the error of a target that a run before has left in the middle of its work.
type Interrupted struct {
	Target string
	Since  time.Time // of its first change
	Path   string    // of the journal
}

// Error says what can be done.
func (i *Interrupted) Error() string {
	return fmt.Sprintf("a run of %s has not come to its end and may have left changes on %s: undo them with ncspec recover, "+
		"or run with --recover (journal: %s)", i.Since.Local().Format("2006-01-02 15:04:05"), i.Target, i.Path)
}

// place takes the place for the target's journal, nil where none is kept.
func (o Options) place() (*journal.Place, error) {
	if o.embedded || o.Journal == NoJournal {
		return nil, nil
	}
	folder := o.Journal
	if folder == "" {
		var err error
		if folder, err = journal.Folder(); err != nil {
			return nil, err
		}
	}
	return journal.Open(folder, o.Target.Transport+"://"+o.Target.Address)
}

// Pending gives the error of an interrupted run, nil where the last one has come to its end.
func Pending(o Options) (*Interrupted, error) {
	p, err := o.place()
	if p == nil || err != nil {
		return nil, err
	}
	defer p.Close()
	return pending(p, o.Target.Name)
}

func pending(p *journal.Place, name string) (*Interrupted, error) {
	record, err := p.Read()
	if record == nil || err != nil {
		return nil, err
	}
	return &Interrupted{Target: name, Since: record.Started, Path: p.Path()}, nil
}

// keepJournal opens the journal of a run that is about to arrive. It refuses a target that has to be recovered first.
func (j *journey) keepJournal() error {
	p, err := j.options.place()
	if p == nil || err != nil {
		return err
	}
	interrupted, err := pending(p, j.options.Target.Name)
	if interrupted != nil {
		err = interrupted
	}
	if err != nil {
		_ = p.Close()
		return err
	}
	j.journal = p
	return nil
}

// Recover undoes what an interrupted run has left on the target, by its journal; nil where there is nothing to undo. The
// error says what stands in the way: the journal stays then.
func Recover(ctx context.Context, o Options) (*guard.Recovery, error) {
	p, err := o.place()
	if p == nil || err != nil {
		return nil, err
	}
	defer p.Close()
	record, err := p.Read()
	if record == nil || err != nil {
		return nil, err
	}
	if o.Dialer == nil {
		if err := o.Reach(Ask{}); err != nil {
			return nil, err
		}
	}
	run, err := o.call(ctx)
	if err != nil {
		return nil, err
	}
	recovery, err := guard.Recover(ctx, guard.Config{Safety: effect.Disruptive, Claims: run.Claims, Redactor: run.Redactor, Journal: p,
		Open: func(ctx context.Context) (*session.Session, error) { return run.OpenPlain(ctx, "recovery") }}, record)
	return recovery, hide(err, run.Redactor.Text)
}

// call meets the target without a run: it reads the hello, and finds out how sessions have to begin with this server.
func (o Options) call(ctx context.Context) (*dsl.Run, error) {
	redactor, err := o.hiding()
	if err != nil {
		return nil, err
	}
	run := &dsl.Run{Target: o.Target, Dialer: o.Dialer, Redactor: redactor}
	j := &journey{options: o, run: run}
	first, sent, err := run.OpenAsking(ctx, "arrival", session.Nothing())
	if err != nil {
		return nil, hide(err, redactor.Text)
	}
	run.Claims = first.Hello().Capabilities
	j.settle(ctx, first, sent)
	_ = first.Leave(ctx)
	j.hearFirst(ctx)
	return run, nil
}
