package html

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
)

//go:embed page
var assets embed.FS

// parse gives the templates of the page.
func parse() (*template.Template, error) {
	return template.New("").Funcs(template.FuncMap{"link": link}).ParseFS(assets, "page/*.tmpl")
}

// style is the page's only style sheet.
func style() []byte {
	return joined("page/theme.css", "page/page.css", "page/transcript.css", "page/print.css")
}

// script is the page's only script. Its parts share one function, so that no name of theirs is the window's.
func script() []byte {
	parts := joined("page/bytes.js", "page/recording.js", "page/framing.js", "page/xml.js", "page/xpath.js", "page/transcript.js",
		"page/filter.js", "page/page.js")
	return fmt.Appendf(nil, "(() => {\n'use strict';\n%s})();\n", parts)
}

// joined gives embedded files one after the other. That they are there is known when the program is built.
func joined(names ...string) []byte {
	var all bytes.Buffer
	for _, name := range names {
		data, err := assets.ReadFile(name)
		if err != nil {
			panic(err) // a name above that is no file under page/
		}
		all.Write(data)
	}
	return all.Bytes()
}

// policy is the page's Content-Security-Policy: the one style sheet and the one script, by their hashes, and nothing else.
func policy(style, script []byte) string {
	return fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'", hash(style), hash(script))
}

func hash(source []byte) string {
	sum := sha256.Sum256(source)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
