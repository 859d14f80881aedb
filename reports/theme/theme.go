// Package theme is what the HTML pages of ncspec share: colours, type, and the policy that keeps them to themselves.
package theme

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"strings"
)

// CSS holds the colours as custom properties, light and dark, and the look of plain elements.
//
//go:embed theme.css
var CSS string

// Policy is the Content-Security-Policy of a page that is nothing but itself: the style sheets and scripts in it, by
// their text between the tags, and nothing else from anywhere.
func Policy(styles, scripts []string) string {
	return "default-src 'none'; style-src " + sources(styles) + "; script-src " + sources(scripts) + "; base-uri 'none'; form-action 'none'"
}

func sources(texts []string) string {
	if len(texts) == 0 {
		return "'none'"
	}
	var all []string
	for _, text := range texts {
		sum := sha256.Sum256([]byte(text))
		all = append(all, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
	}
	return strings.Join(all, " ")
}
