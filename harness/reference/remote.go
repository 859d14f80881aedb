package reference

import "bytes"

// fetch reads the config element that a url parameter leads to (RFC 6241 §8.8.5). The caller does not have the server's
// mutex: this may take time.
func (s *session) fetch(in *input) (*input, *rpcError) {
	at, err := s.locate(in)
	if err != nil {
		return nil, err
	}
	most := s.srv.options.MaxRequest
	var document []byte
	var wrong error
	if at.scheme == "file" {
		document, wrong = s.srv.files.read(at.file, most)
	} else {
		document, wrong = s.httpGet(at.url, most)
	}
	if wrong != nil {
		return nil, operationFailed("reading " + shortened(in.content()) + ": " + told(wrong)).at(in.path())
	}
	if int64(len(document)) > most {
		return nil, tooBig("the document at the URL is too long").at(in.path())
	}
	return s.fetched(in, document)
}

// fetched reads the document: under the element config in the base namespace (RFC 6241 §8.8.5.1, §8.8.5.2).
func (s *session) fetched(in *input, document []byte) (*input, *rpcError) {
	if faults := s.faults(document); faults != "" {
		return nil, invalidValue(in, "the document at the URL: "+faults)
	}
	root, _, err := parse(document)
	if err != nil {
		return nil, invalidValue(in, "the document at the URL: "+err.Error())
	}
	if root.name != base("config") || root.content() != "" || noAttributes(root) != nil {
		return nil, invalidValue(in, "the document at the URL is no config in the base namespace")
	}
	return root, nil
}

// deliver writes a whole datastore to where a url parameter leads (RFC 6241 §8.8.5.2).
func (s *session) deliver(in *input, data *element) *rpcError {
	at, err := s.locate(in)
	if err != nil {
		return err
	}
	if !s.alive() {
		return operationFailed("the session was ended")
	}
	if s.unlisted(at.scheme) || s.writesNoNew(at) {
		return nil
	}
	var wrong error
	if at.scheme == "file" {
		wrong = s.srv.files.write(at.file, s.miswritten(data))
	} else {
		wrong = s.httpPut(at.url, s.miswritten(data))
	}
	if wrong != nil {
		return operationFailed("writing " + shortened(in.content()) + ": " + told(wrong)).at(in.path())
	}
	return nil
}

// document writes a datastore as a file has it.
func document(data *element) []byte {
	var b bytes.Buffer
	x := newXMLWriter(&b, "")
	x.raw(`<?xml version="1.0" encoding="UTF-8"?>`, "\n")
	x.open("config", `xmlns="`+baseNS+`"`)
	x.data(data.children, baseNS)
	x.close("config")
	x.out.Flush() //nolint:errcheck // a bytes.Buffer takes everything
	return b.Bytes()
}

// discardFile deletes the file that a url parameter leads to (RFC 6241 §8.8.5.3).
func (s *session) discardFile(in *input) *rpcError {
	at, err := s.locate(in)
	if err != nil {
		return err
	}
	if at.scheme != "file" {
		return notSupported("this server deletes no more than files of its own").at(in.path())
	}
	if wrong := s.srv.files.delete(at.file); wrong != nil {
		return operationFailed("deleting " + shortened(in.content()) + ": " + told(wrong)).at(in.path())
	}
	return nil
}

// told gives an error's text for an error-message.
func told(err error) string { return shortened(err.Error()) }
