package reference

import (
	"net"
	"net/url"
	"path"
	"strings"
)

// location is where a URL leads (RFC 6241 §8.8): to a file in the server's own folder, or to an HTTP server on the same
// machine.
type location struct {
	scheme string
	file   string // its path in the folder, without a slash in front
	url    string // for http
}

// locate reads a url parameter. Users with few rights reach no place outside the datastores (RFC 6241 §9).
func (s *session) locate(in *input) (location, *rpcError) {
	if s.restricted() && !s.broken("url-written-by-guest") {
		return location{}, accessDenied("url").at(in.path())
	}
	u, err := url.Parse(in.content())
	if err != nil || u.Scheme == "" || len(in.children) > 0 {
		return location{}, invalidValue(in, shortened(in.content())+" is no URL")
	}
	if s.unlisted(u.Scheme) {
		return location{scheme: u.Scheme}, nil
	}
	if !contains(s.profile.schemes, u.Scheme) {
		return location{}, invalidValue(in, "this server does not know the scheme "+shortened(u.Scheme))
	}
	switch u.Scheme {
	case "file":
		return fileLocation(in, u)
	case "http":
		return httpLocation(in, u)
	}
	return location{}, operationFailed("no server for " + u.Scheme + " can be reached").at(in.path())
}

// fileLocation takes the path from the top of the server's folder; .. leads no higher.
func fileLocation(in *input, u *url.URL) (location, *rpcError) {
	local := u.Host == "" || u.Host == "localhost"
	file := strings.TrimPrefix(path.Clean("/"+u.Path), "/")
	if !local || u.Opaque != "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || file == "" || strings.HasSuffix(u.Path, "/") {
		return location{}, invalidValue(in, shortened(in.content())+" names no file of this server")
	}
	return location{scheme: "file", file: file}, nil
}

// httpLocation takes loopback addresses alone, so that no client can use the server to reach others.
func httpLocation(in *input, u *url.URL) (location, *rpcError) {
	ip := net.ParseIP(u.Hostname())
	if u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return location{}, invalidValue(in, "this server reaches HTTP servers at loopback addresses only")
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.Fragment = ""
	return location{scheme: "http", url: u.String()}, nil
}
