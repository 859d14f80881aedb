package html

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"

	"github.com/ncspec/ncspec/reports/theme"
)

//go:embed page
var assets embed.FS

// parse gives the templates of the page.
func parse() (*template.Template, error) {
	return template.New("").Funcs(template.FuncMap{"link": link}).ParseFS(assets, "page/*.tmpl")
}

// style is the page's only style sheet: the theme of all pages, and what this one has beyond.
func style() []byte {
	return append([]byte(theme.CSS), joined("page/marks.css", "page/page.css", "page/transcript.css", "page/print.css")...)
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
