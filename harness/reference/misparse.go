package reference

import (
	"bytes"
	"regexp"
	"strings"
)

var (
	prefixedOperation = regexp.MustCompile(`<y:get-config`)
	nameElement       = regexp.MustCompile(`<name>[^<]*</name>`)
	latinDeclaration  = regexp.MustCompile(`^<\?xml[^>]*encoding="ISO-8859-1"[^>]*\?>`)
)

// misparsed changes a message before it is read, where the server is broken.
func (s *session) misparsed(message []byte) []byte {
	switch {
	case s.broken("second-root-ignored") && bytes.Count(message, []byte("</rpc>")) > 1:
		return message[:bytes.Index(message, []byte("</rpc>"))+len("</rpc>")]
	case s.broken("octets-that-are-no-utf8-replaced"):
		return bytes.ToValidUTF8(message, []byte("?"))
	case s.broken("latin-1-accepted") && latinDeclaration.Match(message):
		return bytes.ToValidUTF8(latinDeclaration.ReplaceAll(message, nil), []byte("é"))
	case s.broken("rpc-of-any-namespace-served"):
		return bytes.Replace(message, []byte("urn:example:other"), []byte(baseNS), 1)
	}
	return message
}

// misreceived tells what a broken server does with a message instead of reading it: nothing, or end the session.
func (s *session) misreceived(message []byte) (ignored, ends bool) {
	text := string(message)
	switch {
	case s.broken("message-without-tag-ignored") && !strings.Contains(text, "<"),
		s.broken("doctype-request-ignored") && strings.Contains(text, "<!DOCTYPE") && !strings.Contains(text, "<!ENTITY e SYSTEM"),
		s.broken("external-entity-request-ignored") && strings.Contains(text, "<!ENTITY e SYSTEM"):
		return true, false
	case s.broken("incomplete-document-ends-session") && strings.HasPrefix(text, "<rpc") && !strings.Contains(text, "</rpc>"):
		return false, true
	case s.broken("entry-given-twice-ends-session") && strings.Contains(text, "<edit-config>") && givesNameTwice(text):
		return false, true
	}
	return false, false
}

// givesNameTwice tells whether two entries of one request have the same name.
func givesNameTwice(text string) bool {
	seen := map[string]bool{}
	for _, m := range nameElement.FindAllString(text, -1) {
		if seen[m] {
			return true
		}
		seen[m] = true
	}
	return false
}

// unreadable gives what a broken server finds wrong with a message that is all right, "" for nothing.
func (s *session) unreadable(message []byte) string {
	switch {
	case s.broken("declaration-in-single-quotes-refused") && bytes.HasPrefix(message, []byte("<?xml version='")):
		return "the XML declaration is not understood"
	case s.broken("prefix-of-operation-not-understood") && prefixedOperation.Match(message):
		return "the prefix is not understood"
	}
	return ""
}
