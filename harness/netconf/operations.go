package netconf

import (
	"strconv"
	"strings"

	"github.com/ncspec/ncspec/harness/datastore"
)

// Operation is the XML of what stands inside rpc: names without a prefix, in the base namespace by inheritance.
type Operation = string

// Get asks for running and state data (RFC 6241 §7.7). filter is what stands inside a subtree filter, "" for none.
func Get(filter string) Operation { return element("get", subtree(filter)) }

// GetConfig asks for a datastore (RFC 6241 §7.1). filter is what stands inside a subtree filter, "" for none.
func GetConfig(source datastore.Name, filter string) Operation {
	return element("get-config", from(source)+subtree(filter))
}

// EditConfig changes a datastore (RFC 6241 §7.2). config is what stands inside config.
func EditConfig(target datastore.Name, config string, options ...EditOption) Operation {
	var o editOptions
	for _, set := range options {
		set(&o)
	}
	return element("edit-config", to(target)+optional("default-operation", o.defaultOperation)+
		optional("test-option", o.testOption)+optional("error-option", o.errorOption)+element("config", config))
}

// EditOption is a parameter of edit-config. They are written in the order of Appendix C, however they are given.
type EditOption func(*editOptions)

type editOptions struct{ defaultOperation, testOption, errorOption string }

// DefaultOperation is merge, replace or none (RFC 6241 §7.2).
func DefaultOperation(value string) EditOption {
	return func(o *editOptions) { o.defaultOperation = value }
}

// TestOption is test-then-set, set or test-only; it needs :validate (RFC 6241 §7.2).
func TestOption(value string) EditOption { return func(o *editOptions) { o.testOption = value } }

// ErrorOption is stop-on-error, continue-on-error or, with :rollback-on-error, rollback-on-error (RFC 6241 §7.2).
func ErrorOption(value string) EditOption { return func(o *editOptions) { o.errorOption = value } }

// CopyConfig replaces a datastore by another (RFC 6241 §7.3).
func CopyConfig(target, source datastore.Name) Operation {
	return element("copy-config", to(target)+from(source))
}

// DeleteConfig deletes a datastore; running cannot be deleted (RFC 6241 §7.4).
func DeleteConfig(target datastore.Name) Operation { return element("delete-config", to(target)) }

// Lock asks for the lock of a datastore (RFC 6241 §7.5).
func Lock(target datastore.Name) Operation { return element("lock", to(target)) }

// Unlock gives a lock back (RFC 6241 §7.6).
func Unlock(target datastore.Name) Operation { return element("unlock", to(target)) }

// CloseSession ends this session (RFC 6241 §7.8).
func CloseSession() Operation { return element("close-session", "") }

// KillSession ends another session (RFC 6241 §7.9). id may be wrong on purpose.
func KillSession(id string) Operation {
	return element("kill-session", element("session-id", escape(id)))
}

// Commit makes the candidate the running configuration (RFC 6241 §8.3.4.1).
func Commit() Operation { return element("commit", "") }

// ConfirmedCommit is a commit that is reverted unless it is confirmed in time (RFC 6241 §8.4.5.1): within that many
// seconds, 600 when 0 leaves the parameter out.
func ConfirmedCommit(seconds uint32) Operation {
	timeout := ""
	if seconds > 0 {
		timeout = strconv.FormatUint(uint64(seconds), 10)
	}
	return element("commit", element("confirmed", "")+optional("confirm-timeout", timeout))
}

// CancelCommit reverts a confirmed commit (RFC 6241 §8.4.4.1).
func CancelCommit() Operation { return element("cancel-commit", "") }

// DiscardChanges makes the candidate what running is (RFC 6241 §8.3.4.2).
func DiscardChanges() Operation { return element("discard-changes", "") }

// Validate checks a datastore's content (RFC 6241 §8.6.4.1).
func Validate(source datastore.Name) Operation { return element("validate", from(source)) }

func from(d datastore.Name) string { return element("source", element(string(d), "")) }

func to(d datastore.Name) string { return element("target", element(string(d), "")) }

func subtree(filter string) string {
	if filter == "" {
		return ""
	}
	return `<filter type="subtree">` + filter + "</filter>"
}

func optional(name, text string) string {
	if text == "" {
		return ""
	}
	return element(name, escape(text))
}

func element(name, content string) string {
	if strings.TrimSpace(content) == "" {
		return "<" + name + "/>"
	}
	return "<" + name + ">" + content + "</" + name + ">"
}
