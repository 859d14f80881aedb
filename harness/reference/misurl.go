package reference

import "bytes"

// passesOver tells whether a broken server answers ok though it cannot read a file.
func (s *session) passesOver(op *input) bool {
	switch op.local {
	case "copy-config":
		return s.broken("unreadable-url-answered-ok")
	case "edit-config":
		return s.broken("edit-by-broken-file-answered-ok")
	}
	return false
}

// emptied is the content of an edit, as a broken server has it that takes nothing from files.
func (s *session) emptied(config *input) *input {
	if !s.broken("edit-by-url-without-effect") && !s.broken("edit-by-url-without-capability") {
		return config
	}
	return &input{name: base("config")}
}

// unlisted tells whether a broken server takes a scheme that it does not list.
func (s *session) unlisted(scheme string) bool {
	return !contains(s.profile.schemes, scheme) && s.broken("unlisted-scheme-answered-ok")
}

// miswritten is what a broken server writes to a file in place of a datastore.
func (s *session) miswritten(data *element) []byte {
	switch {
	case s.broken("file-written-incomplete"):
		part := data.shell()
		part.children = data.children[:1]
		return document(part)
	case s.broken("file-written-without-config"):
		return bytes.ReplaceAll(document(data), []byte("config"), []byte("backup"))
	}
	return document(data)
}

// writesNoNew tells whether a broken server writes no file that is not there yet.
func (s *session) writesNoNew(at location) bool {
	if at.scheme != "file" || !s.broken("file-not-created") {
		return false
	}
	_, err := s.srv.files.read(at.file, 1)
	return err != nil
}
