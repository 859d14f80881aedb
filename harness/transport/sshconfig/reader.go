package sshconfig

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// reader reads the values for one host.
type reader struct {
	config           *Config
	name             string // as given
	host, port, user string // as far as they are known yet
	faults           []error
}

// one is the first value of a keyword, as OpenSSH has it.
func (r *reader) one(keyword string) string {
	value, err := r.config.parsed.Get(r.name, keyword)
	if err != nil {
		r.faults = append(r.faults, fmt.Errorf("%s: %w", r.config.file, err))
	}
	return value
}

// all are the values of a keyword that may stand several times.
func (r *reader) all(keyword string) []string {
	values, err := r.config.parsed.GetAll(r.name, keyword)
	if err != nil {
		r.faults = append(r.faults, fmt.Errorf("%s: %w", r.config.file, err))
	}
	return values
}

func (r *reader) fault(keyword, value, allowed string) {
	r.faults = append(r.faults, fmt.Errorf("%s: Host %s: %s is %q, and must be %s", r.config.file, r.name, keyword, value, allowed))
}

func (r *reader) yes(keyword string) bool {
	value := r.one(keyword)
	if value != "" && value != "yes" && value != "no" {
		r.fault(keyword, value, "yes or no")
	}
	return value == "yes"
}

// existing are those files of a keyword that exist: as with OpenSSH, one
// configuration may name keys of several machines.
func (r *reader) existing(keyword string) []string {
	var files []string
	for _, value := range r.all(keyword) {
		file := r.path(value)
		if value == None {
			continue
		}
		if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
			files = append(files, file)
		}
	}
	return files
}

// files are the files of a keyword with a list of them, nil where it is not there.
func (r *reader) files(keyword string) []string {
	value := r.one(keyword)
	if value == "" {
		return nil
	}
	files := []string{}
	for _, name := range strings.Fields(value) {
		if name != None {
			files = append(files, r.path(strings.Trim(name, `"`)))
		}
	}
	return files
}

// agent is the socket of the agent: a path, or the name of a variable that holds it.
func (r *reader) agent() string {
	value := r.one("IdentityAgent")
	switch {
	case value == "SSH_AUTH_SOCK":
		return os.Getenv(value)
	case strings.HasPrefix(value, "$") && !strings.HasPrefix(value, "${"):
		return os.Getenv(value[1:])
	case value == "" || value == None:
		return value
	}
	return r.path(value)
}

// jumps reads ProxyJump. ssh://user@host:port is another way to write a hop.
func (r *reader) jumps() (hops []string, none bool) {
	value := r.one("ProxyJump")
	if value == "" {
		return nil, false
	}
	if strings.EqualFold(value, None) {
		return nil, true
	}
	for _, hop := range strings.Split(r.expand(value), ",") {
		hops = append(hops, strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(hop), "ssh://"), "/"))
	}
	return hops, false
}

// path expands a file name; a relative one starts at the working folder, as OpenSSH has it.
func (r *reader) path(value string) string {
	value = r.expand(value)
	if home, err := os.UserHomeDir(); err == nil {
		if value == "~" {
			return home
		}
		if below, ok := strings.CutPrefix(value, "~/"); ok {
			return filepath.Join(home, below)
		}
	}
	return value
}

// expand replaces ${VARIABLE} and the tokens of ssh_config(5) that the known
// keywords take; others stay as they are.
func (r *reader) expand(value string) string {
	home, _ := os.UserHomeDir()
	tokens := strings.NewReplacer("%%", "%", "%h", r.host, "%n", r.name, "%p", r.port, "%r", r.user, "%d", home, "%u", os.Getenv("USER"))
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(value, "${")
		name, after, closed := strings.Cut(rest, "}")
		if !found || !closed {
			out.WriteString(tokens.Replace(value))
			return out.String()
		}
		out.WriteString(tokens.Replace(before))
		out.WriteString(os.Getenv(name))
		value = after
	}
}
