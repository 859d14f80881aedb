package netconf

import "strconv"

// CommitOption is a parameter of commit (RFC 6241 §8.4.5.1). They are written in the order of Appendix C, however they
// are given.
type CommitOption func(*commitOptions)

type commitOptions struct {
	confirmed                   bool
	timeout, persist, persistID *string
}

// Confirmed makes the commit one that is reverted unless it is confirmed in time.
func Confirmed() CommitOption { return func(o *commitOptions) { o.confirmed = true } }

// ConfirmTimeout is that time in seconds. RFC 6241 Appendix C has 1 as its least value.
func ConfirmTimeout(seconds uint32) CommitOption {
	text := strconv.FormatUint(uint64(seconds), 10)
	return func(o *commitOptions) { o.timeout = &text }
}

// Persist lets a confirmed commit outlive its session, and gives it a token. It needs :confirmed-commit:1.1.
func Persist(token string) CommitOption { return func(o *commitOptions) { o.persist = &token } }

// PersistID names the confirmed commit that is followed up or confirmed by its token. It needs :confirmed-commit:1.1.
func PersistID(token string) CommitOption { return func(o *commitOptions) { o.persistID = &token } }

// CommitWith is a commit with parameters.
func CommitWith(options ...CommitOption) Operation {
	var o commitOptions
	for _, set := range options {
		set(&o)
	}
	confirmed := ""
	if o.confirmed {
		confirmed = element("confirmed", "")
	}
	return element("commit", confirmed+given("confirm-timeout", o.timeout)+given("persist", o.persist)+given("persist-id", o.persistID))
}

// CancelPersistent reverts the confirmed commit that has this token (RFC 6241 §8.4.4.1).
func CancelPersistent(token string) Operation {
	return element("cancel-commit", given("persist-id", &token))
}

// given writes a parameter that was given, be it with an empty text.
func given(name string, text *string) string {
	if text == nil {
		return ""
	}
	return element(name, escape(*text))
}
