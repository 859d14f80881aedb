package suites

import (
	"github.com/ncspec/ncspec/harness/redact"
	"github.com/ncspec/ncspec/harness/verdict"
)

// hiding gives the redactor of a run: that of Reach knows the passwords.
func (o Options) hiding() (*redact.Redactor, error) {
	if o.redactor != nil {
		return o.redactor, nil
	}
	return redact.New(o.Target.SecretLeaves...)
}

// mask takes out of a report what was masked already where it was found: by now all secrets of the run are known.
func (j *journey) mask(report *verdict.Report) { report.Mask(j.hidden) }

// hidden is a text with the secrets of the run masked.
func (j *journey) hidden(text string) string {
	if j.run == nil {
		return text
	}
	return j.run.Redactor.Text(text)
}

// hiddenError is an error with secrets masked in its text.
type hiddenError struct {
	error
	text string
}

// hide masks what a server may have put into the text of an error; nil stays nil.
func hide(err error, mask func(string) string) error {
	if err == nil {
		return nil
	}
	return &hiddenError{err, mask(err.Error())}
}

// Error is the text without secrets.
func (h *hiddenError) Error() string { return h.text }

// Unwrap gives the error itself.
func (h *hiddenError) Unwrap() error { return h.error }
