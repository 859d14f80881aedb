package target

import (
	"fmt"
	"strings"
)

// Place is where the device can write, read and delete files by URL (RFC 6241 §8.8).
type Place struct {
	// URL is what the URL of each file there begins with, as the device is told it; the file's name follows.
	URL string
	// Folder is the same place on this machine, "" where the harness has no access to it.
	Folder string
}

// Scheme is the URL's scheme, in lower case.
func (p Place) Scheme() string {
	scheme, _, _ := strings.Cut(p.URL, ":")
	return strings.ToLower(scheme)
}

// places checks the URLs of a target file.
func (d *document) places(all []filePlace) []Place {
	var places []Place
	for i, p := range all {
		if !strings.HasSuffix(p.URL, "/") || !strings.Contains(p.URL, ":") {
			d.fault([]string{"urls", fmt.Sprint(i), "url"}, "%q is not a URL that ends with a slash, such as file:///tmp/", p.URL)
		}
		place := Place{URL: p.URL}
		if p.Folder != "" {
			place.Folder = d.files([]string{p.Folder})[0]
		}
		places = append(places, place)
	}
	return places
}
