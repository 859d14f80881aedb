package target

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/transport/sshconfig"
)

// DefaultSecondPasswordEnv names the environment variable that holds the
// password of the second user.
const DefaultSecondPasswordEnv = "NCSPEC_SECOND_PASSWORD"

// The shape of a target file. What may stand in it is schema.json's to say.
type (
	file struct {
		Name         string           `yaml:"name"`
		Address      string           `yaml:"address"`
		Transport    string           `yaml:"transport"`
		Login        fileLogin        `yaml:",inline"`
		HostKey      string           `yaml:"host-key"`
		HostKeyAlias string           `yaml:"host-key-alias"`
		Jumps        []fileJump       `yaml:"jumps"`
		SSHConfig    string           `yaml:"ssh-config"`
		Legacy       bool             `yaml:"legacy-algorithms"`
		Grace        string           `yaml:"grace"`
		Connect      string           `yaml:"connect-timeout"`
		Run          string           `yaml:"run-timeout"`
		Waivers      string           `yaml:"waivers"`
		Profile      string           `yaml:"profile"`
		Safety       string           `yaml:"safety"`
		Fixture      *fileFixture     `yaml:"fixture"`
		Operational  *fileOperational `yaml:"operational"`
		DefaultPorts *filePorts       `yaml:"default-ports"`
		SecretLeaves []string         `yaml:"secret-leaves"`
		TLS          *fileTLS         `yaml:"tls"`
		CallLimit    string           `yaml:"call-limit"`
		SideChannel  *fileCommands    `yaml:"side-channel"`
		SecondUser   *fileLogin       `yaml:"second-user"`
		OddUser      *fileLogin       `yaml:"odd-user"`
		Reboot       []string         `yaml:"reboot"`
		URLs         []filePlace      `yaml:"urls"`
	}
	fileFixture struct {
		Name       string            `yaml:"name"`
		Namespaces map[string]string `yaml:"namespaces"`
		Leaf       *fileLeaf         `yaml:"leaf"`
		List       *fileList         `yaml:"list"`
		Constraint *fileConstraint   `yaml:"constraint"`
		Hidden     *fileHidden       `yaml:"hidden"`
	}
	fileLeaf struct {
		Path   string    `yaml:"path"`
		Values [2]string `yaml:"values"`
		Text   bool      `yaml:"text"`
	}
	fileList struct {
		Path string `yaml:"path"`
		Body string `yaml:"body"`
	}
	fileOperational struct {
		RPC        string            `yaml:"rpc"`
		Expect     string            `yaml:"expect"`
		Namespaces map[string]string `yaml:"namespaces"`
	}
	filePorts struct {
		NETCONF  string `yaml:"netconf"`
		SSH      string `yaml:"ssh"`
		TLS      string `yaml:"tls"`
		CallHome string `yaml:"call-home"`
	}
	filePlace struct {
		URL    string `yaml:"url"`
		Folder string `yaml:"folder"`
	}
	fileCommands struct {
		Lock   []string `yaml:"lock"`
		Unlock []string `yaml:"unlock"`
		Change []string `yaml:"change"`
	}
)

// Load reads a target file. The error joins every fault that was found, each
// with file, line, column, and what is allowed there.
func Load(path string) (*Target, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the target file: %w", err)
	}
	d, err := parseDocument(path, data)
	if err != nil {
		return nil, err
	}
	var value any
	if err := yaml.Unmarshal(data, &value); err != nil {
		return nil, yamlError(path, err)
	}
	if err := d.checkSchema(value); err != nil {
		return nil, err
	}
	if err := d.err(); err != nil {
		return nil, err
	}
	var f file
	if err := yaml.UnmarshalWithOptions(data, &f, yaml.Strict()); err != nil {
		return nil, yamlError(path, err)
	}
	t := d.target(f)
	if err := d.err(); err != nil {
		return nil, err
	}
	return t, nil
}

// target makes a Target of a file that has the right shape, and notes what is
// wrong with its values.
func (d *document) target(f file) *Target {
	t := withDefaults()
	set(&t.User, f.Login.User)
	t.implied.user = f.Login.User == ""
	set(&t.HostKey, f.HostKey)
	t.Name = strings.TrimSuffix(filepath.Base(d.file), filepath.Ext(d.file))
	set(&t.Name, f.Name)
	t.Profile, t.Safety, t.SecretLeaves = f.Profile, f.Safety, f.SecretLeaves
	login := d.login(nil, f.Login, DefaultPasswordEnv)
	t.PasswordEnv, t.Identities, t.Credentials = login.PasswordEnv, login.Identities, login.Credentials
	d.reach(t, f)
	t.Fixture = profileFixture(f.Profile)
	if f.Fixture != nil {
		t.Fixture = d.fixture(*f.Fixture)
	}
	t.Operational = d.operational(f.Operational)
	t.Places = d.places(f.URLs)
	if f.SideChannel != nil {
		t.SideChannel = commands{lock: f.SideChannel.Lock, unlock: f.SideChannel.Unlock, change: f.SideChannel.Change}
	}
	if f.SecondUser != nil {
		second := d.login([]string{"second-user"}, *f.SecondUser, DefaultSecondPasswordEnv)
		t.SecondUser = &second
	}
	t.OddUser = d.oddUser(f.OddUser)
	if len(f.Reboot) > 0 {
		t.Rebooter = reboot(f.Reboot)
	}
	return t
}

// set gives field a value that the file has.
func set(field *string, value string) {
	if value != "" {
		*field = value
	}
}

// reach reads addresses, the way there and limits.
func (d *document) reach(t *Target, f file) {
	d.carrier(t, f)
	t.HostKeyAlias, t.LegacyAlgorithms, t.SSHConfig = f.HostKeyAlias, f.Legacy, f.SSHConfig
	if f.SSHConfig != "" && f.SSHConfig != sshconfig.None {
		t.SSHConfig = d.files([]string{f.SSHConfig})[0]
	}
	if f.Waivers != "" {
		t.Waivers = d.files([]string{f.Waivers})[0]
	}
	t.Jumps = d.jumps(f.Jumps)
	for key, limit := range map[string]struct {
		text  string
		field *time.Duration
	}{"grace": {f.Grace, &t.Grace}, "call-limit": {f.CallLimit, &t.CallLimit}, "connect-timeout": {f.Connect, &t.ConnectTimeout}, "run-timeout": {f.Run, &t.RunTimeout}} {
		if limit.text != "" {
			*limit.field = d.duration([]string{key}, limit.text)
		}
	}
	if f.DefaultPorts != nil {
		t.DefaultPorts = d.ports(*f.DefaultPorts)
	}
}

func (d *document) port(key, address string) {
	if host, port, err := net.SplitHostPort(address); err == nil && host != "" {
		if _, err = joinAddress(host, port); err == nil && port != "" {
			return
		}
	}
	d.fault([]string{"default-ports", key}, "%q is not host:port", address)
}

// files resolves names of files: ~/ is the home folder, and relative ones start
// at the target file's folder.
func (d *document) files(names []string) []string {
	var resolved []string
	for _, name := range names {
		if below, ok := strings.CutPrefix(name, "~/"); ok {
			if home, err := os.UserHomeDir(); err == nil {
				name = filepath.Join(home, below)
			}
		} else if !filepath.IsAbs(name) {
			name = filepath.Join(filepath.Dir(d.file), name)
		}
		resolved = append(resolved, name)
	}
	return resolved
}

// fixture reads paths with the fixture's own prefixes.
func (d *document) fixture(f fileFixture) *Fixture {
	fixture := &Fixture{Name: "target file"}
	set(&fixture.Name, f.Name)
	if f.Leaf != nil {
		at := []string{"fixture", "leaf", "path"}
		path := d.path(at, f.Leaf.Path, f.Namespaces)
		if n := len(path); n > 0 && len(path[n-1].Keys) > 0 {
			d.fault(at, "the path of a leaf ends with the leaf, which has no key")
		}
		fixture.Leaf = &Leaf{Path: path, Values: f.Leaf.Values}
		fixture.TextLeaf = f.Leaf.Text
	}
	if f.List != nil {
		fixture.List = d.entry([]string{"fixture", "list"}, *f.List, f.Namespaces)
	}
	if f.Constraint != nil {
		fixture.Constraint = d.constraint(*f.Constraint)
	}
	if f.Hidden != nil {
		fixture.Hidden = d.hidden(*f.Hidden, f.Namespaces)
	}
	return fixture
}

// entry reads an entry of a list.
func (d *document) entry(at []string, f fileList, bound map[string]string) *List {
	here := below(at, "path")
	path := d.path(here, f.Path, bound)
	if n := len(path); n > 0 && len(path[n-1].Keys) == 0 {
		d.fault(here, "the path of a list ends with the new entry and its key, such as /p:list[key='ncspec']")
	}
	if _, err := countElements(f.Body); err != nil {
		d.fault(below(at, "body"), "%s is not well-formed XML: %v", called(below(at, "body")), err)
	}
	return &List{Path: path, Body: strings.TrimSpace(f.Body)}
}

func (d *document) path(at []string, text string, bound map[string]string) []Node {
	path, err := parsePath(text, bound)
	if err != nil {
		d.fault(at, "%s: %v", called(at), err)
	}
	return path
}

// operational checks the request for state data and what it is to answer.
func (d *document) operational(f *fileOperational) *Operational {
	if f == nil {
		return nil
	}
	switch n, err := countElements(f.RPC); {
	case err != nil:
		d.fault([]string{"operational", "rpc"}, "operational.rpc is not well-formed XML: %v", err)
	case n != 1:
		d.fault([]string{"operational", "rpc"}, "operational.rpc must be one element, and has %d", n)
	}
	if _, err := netconf.CompileXPath(f.Expect, netconf.Namespaces(f.Namespaces)); err != nil {
		d.fault([]string{"operational", "expect"}, "operational.expect: %v", err)
	}
	return &Operational{RPC: strings.TrimSpace(f.RPC), Expect: f.Expect, Namespaces: f.Namespaces}
}

// countElements returns how many elements stand side by side in fragment, and
// an error if it is not well-formed.
func countElements(fragment string) (int, error) {
	decoder := xml.NewDecoder(strings.NewReader(fragment))
	count, depth := 0, 0
	for {
		token, err := decoder.Token()
		switch {
		case errors.Is(err, io.EOF):
			return count, nil
		case err != nil:
			return 0, err
		}
		switch token.(type) {
		case xml.StartElement:
			if depth == 0 {
				count++
			}
			depth++
		case xml.EndElement:
			depth--
		}
	}
}
