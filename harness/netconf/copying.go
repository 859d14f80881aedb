package netconf

import "github.com/ncspec/ncspec/harness/datastore"

// Store names a datastore where a source or a target is asked for.
func Store(d datastore.Name) string { return element(string(d), "") }

// URL names a file where a source or a target is asked for (RFC 6241 §8.8.5).
func URL(url string) string { return element("url", escape(url)) }

// Inline is a configuration where a source is asked for; config is what stands inside config.
func Inline(config string) string { return element("config", config) }

// Copy replaces the target by the source (RFC 6241 §7.3), each as Store, URL or Inline has it.
func Copy(target, source string) Operation {
	return element("copy-config", element("target", target)+element("source", source))
}

// Delete deletes a target (RFC 6241 §7.4), as Store or URL has it.
func Delete(target string) Operation { return element("delete-config", element("target", target)) }

// ValidateSource validates a source (RFC 6241 §8.6.4.1), as Store, URL or Inline has it.
func ValidateSource(source string) Operation { return element("validate", element("source", source)) }

// EditByURL changes a datastore by the config in a file (RFC 6241 §8.8.5.1).
func EditByURL(target datastore.Name, url string) Operation {
	return element("edit-config", to(target)+URL(url))
}
