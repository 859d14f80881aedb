package target

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	. "github.com/onsi/gomega"
)

func load(t *testing.T, content string) (*Target, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "lab.yaml")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return Load(file)
}

// key is an entry of a list that the second user does not see.
func key(name, body string) *List {
	return &List{Path: []Node{{Namespace: "urn:example:system", Local: "system"},
		{Namespace: "urn:example:system", Local: "key", Keys: []Key{{"name", name}}}}, Body: body}
}

func TestLoadFull(t *testing.T) {
	g := NewWithT(t)
	t.Setenv("HOME", "/home/me")
	target, err := Load("testdata/full.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(*target).To(Equal(Target{
		Name: "lab router", Address: "router.example:22830", User: "operator", Transport: "ssh",
		PasswordEnv: "LAB_PASSWORD",
		Identities:  []string{"testdata/keys/id_ed25519", "/etc/ncspec/id", "/home/me/.ssh/id_lab"},
		Credentials: Credentials{
			Passphrase:   &Secret{Command: []string{"pass", "show", "lab key"}, Timeout: 10 * time.Second},
			Certificates: []string{"testdata/keys/id_lab-cert.pub"}, IdentitiesOnly: true, Agent: "/home/me/agent.sock",
			Prompts: []Prompt{{Prompt: "code", Answer: Secret{Shell: "oathtool -b \"$SEED\"", Timeout: 30 * time.Second}}},
		},
		HostKey:      "SHA256:aUDTXTVcVHqd2M8g3xNkY7pHkSt3/eqq4Cg1Tww2wnk",
		HostKeyAlias: "the-router",
		Jumps: []Jump{
			{Address: "bastion.example:22", Login: Login{User: "ops", Credentials: Credentials{Password: &Secret{File: "testdata/keys/bastion", Timeout: 30 * time.Second}}},
				HostKey: "known-hosts", LegacyAlgorithms: true, implied: implied{port: true}},
			{Address: "[2001:db8::2]:2200", HostKey: "accept", HostKeyAlias: "inner", implied: implied{user: true}},
		},
		SSHConfig: "testdata/ssh_config", LegacyAlgorithms: true, ConnectTimeout: 20 * time.Second, RunTimeout: 2 * time.Hour,
		Waivers: "testdata/known.yaml",
		Grace:   90 * time.Second, Profile: "ietf-system", Safety: "candidate",
		Fixture: &Fixture{
			Name: "message of the day",
			Leaf: &Leaf{Path: []Node{
				{Namespace: "urn:example:system", Local: "system"},
				{Namespace: "urn:example:login", Local: "login"},
				{Namespace: "urn:example:login", Local: "message"},
			}, Values: [2]string{"Hello & welcome", "Goodbye"}},
			List: &List{Path: []Node{
				{Namespace: "urn:example:system", Local: "system"},
				{Namespace: "urn:example:login", Local: "login"},
				{Namespace: "urn:example:login", Local: "class", Keys: []Key{{"name", `net"mgmt`}}},
			}, Body: "<permissions>view</permissions>\n<permissions>snmp</permissions>"},
			TextLeaf: true,
			Constraint: &Constraint{Broken: `<user xmlns="urn:example:system"><shell>nowhere</shell></user>`,
				Mended: `<user xmlns="urn:example:system"/>`, AppTag: "no-such-shell", Nodes: []string{"shell", "user"}},
			Hidden: &Hidden{There: key("a", "<value>hush</value>"), Other: key("b", ""), Missing: key("c", ""), Secrets: []string{"hush", "b"}},
		},
		Operational: &Operational{
			RPC:        `<get-inventory xmlns="urn:example:inventory"/>`,
			Expect:     "boolean(/nc:rpc-reply/i:inventory)",
			Namespaces: map[string]string{"i": "urn:example:inventory"},
		},
		DefaultPorts: &Ports{NETCONF: "router.example:830", SSH: "[2001:db8::1]:22"},
		SecretLeaves: []string{"community", "psk"},
		SideChannel: commands{
			lock:   []string{"ssh", "router.example", "configure exclusive"},
			unlock: []string{"ssh", "router.example", "exit"},
			change: []string{"./change", "--leaf"},
		},
		SecondUser: &Login{User: "guest", PasswordEnv: "GUEST_PASSWORD", Identities: []string{"testdata/keys/guest"}},
		OddUser:    &Login{User: "admin\x01", PasswordEnv: "NCSPEC_ODD_PASSWORD"},
		Rebooter:   reboot{"ssh", "router.example", "reload now"},
		Places:     []Place{{URL: "file:///var/tmp/"}, {URL: "http://192.0.2.1/lab/", Folder: "/srv/lab"}},
	}))
}

func TestLoadLeast(t *testing.T) {
	g := NewWithT(t)
	t.Setenv("USER", "me")
	target, err := Load("testdata/least.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(*target).To(Equal(Target{Name: "least", Address: "192.0.2.1:830", User: "me", Transport: "ssh",
		PasswordEnv: "NCSPEC_PASSWORD", HostKey: "known-hosts", Grace: 5 * time.Second, implied: implied{user: true, port: true}}))
}

func TestProfileChoosesTheFixture(t *testing.T) {
	g := NewWithT(t)
	target, err := load(t, "address: h\nuser: u\nprofile: junos\n")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(target.Fixture).To(Equal(junosFixture()))
}

// faultyFile is a file, and what its error must say.
type faultyFile struct{ content, says string }

// misshapen are files that neither the schema nor the loader takes.
func misshapen() []faultyFile {
	return []faultyFile{
		{"user: u\n", "lab.yaml:1:1: the file lacks address"},
		{"address: h\nadress: x\n", `lab.yaml:2:1: unknown key "adress" (did you mean address?); allowed here: address, agent,`},
		{"address: h\npassword: hunter2\n", "lab.yaml:2:11: password: is a text, and must be a mapping. It is: Where the secret is, never the secret itself: {env: NAME}"},
		{"address: h\nadmin-password: hunter2\n", `lab.yaml:2:1: unknown key "admin-password": a password does not belong in a file`},
		{"address: h\npassword: {}\n", "lab.yaml:2:11: password takes exactly one of command, env, file, shell"},
		{"address: h\npassword: {timeout: 5s}\n", "password takes exactly one of command, env, file, shell"},
		{"address: h\npassword: {env: A, file: b}\n", "password takes exactly one of command, env, file, shell"},
		{"address: h\npassword: {command: pass show x}\n", "lab.yaml:2:21: password.command: is a text, and must be a list. It is: A program such as a password manager"},
		{"address: h\npassword: {cmd: [x]}\n", `unknown key "cmd"; allowed here: command, env, file, shell, timeout`},
		{"address: h\nprompts: [{prompt: code}]\n", "lab.yaml:2:12: prompts[0] lacks answer"},
		{"address: h\nprompts: [{prompt: code, answer: '4711'}]\n", "lab.yaml:2:34: prompts[0].answer: is a text, and must be a mapping"},
		{"address: h\njumps: bastion\n", "lab.yaml:2:8: jumps: is a text, and must be a list. It is: The SSH jump hosts"},
		{"address: h\njumps: [{user: x}]\n", "lab.yaml:2:10: jumps[0] lacks address"},
		{"address: h\njumps: [{address: b, port: 22}]\n", `lab.yaml:2:22: unknown key "port"; allowed here: address, agent, certificates`},
		{"address: h\nlegacy-algorithms: 'yes'\n", "legacy-algorithms: is a text, and must be true or false"},
		{"address: h\nrun-timeout: long\n", `run-timeout: "long" does not fit. It is: How long a whole run may take`},
		{"address: [h]\n", "lab.yaml:1:10: address: is a list, and must be a text"},
		{"address: 830\n", "lab.yaml:1:10: address: is a number, and must be a text"},
		{"address: h\nuser:\n", "lab.yaml:2:7: user: is empty, and must be a text"},
		{"address: h\ntransport: telnet\n", `lab.yaml:2:12: transport: "telnet" is not one of ssh, tls`},
		{"address: h\nhost-key: yes please\n", "known-hosts (the default), accept"},
		{"address: h\ngrace: 5\n", "lab.yaml:2:8: grace: is a number"},
		{"address: h\ngrace: soon\n", `grace: "soon" does not fit. It is: How long`},
		{"address: h\nprofile: cisco\n", `"cisco" is not one of reference, junos`},
		{"address: h\ntransport: tls\ntls: {fingerprint: \"12:34\"}\n", "lab.yaml:3:20: tls.fingerprint: "},
		{"address: h\ntransport: tls\ntls: {identities: [{certificate: c.pem}]}\n", "tls.identities[0] lacks proves"},
		{"address: h\ntransport: tls+callhome\ncall-limit: soon\n", `call-limit: "soon" does not fit`},
		{"address: h\nsafety: none\n", `"none" is not one of read-only`},
		{"address: h\nidentities: id\n", "identities: is a text, and must be a list. It is: A list of private key files"},
		{"address: h\nfixture: {namespaces: {}}\n", "fixture needs a leaf, a list, or both"},
		{"address: h\nfixture:\n  namespaces: {p: urn:x}\n  leaf: {path: /p:a, values: [x]}\n", "lab.yaml:4:30: fixture.leaf.values:"},
		{"address: h\nfixture:\n  namespaces: {p: urn:x}\n  leaf: {path: /p:a, values: [x, 2]}\n", "lab.yaml:4:34: fixture.leaf.values[1]: is a number"},
		{"address: h\nfixture:\n  namespaces: {p: urn:x}\n  leaf: {path: /p:a, values: [x, x]}\n", "fixture.leaf.values:"},
		{"address: h\nfixture:\n  namespaces: {p: urn:x}\n  leaf: {pat: /p:a, values: [x, y]}\n", `lab.yaml:4:10: unknown key "pat" (did you mean path?)`},
		{"address: h\nfixture:\n  namespaces: {1p: urn:x}\n  leaf: {path: /p:a, values: [x, y]}\n", `lab.yaml:3:16: "1p" cannot be a prefix`},
		{"address: h\nreboot: []\n", "reboot:"},
		{"address: h\nodd-user: admin\n", "lab.yaml:2:11: odd-user: is a text, and must be a mapping. It is: A user whose name XML cannot hold"},
		{"address: h\nodd-user: {user: x, host-key: accept}\n", `lab.yaml:2:21: unknown key "host-key"`},
		{"address: h\nfixture:\n  namespaces: {}\n  list: {}\n", "lab.yaml:4:9: fixture.list lacks path"},
		{"address: h\nfixture:\n  namespaces: {}\n  hidden: {there: {}}\n", "fixture.hidden lacks other, missing, secrets"},
		{"address: h\nfixture:\n  namespaces: {}\n  constraint: {broken: <a/>, mended: <b/>, nodes: [a/b]}\n",
			`lab.yaml:4:52: fixture.constraint.nodes[0]: "a/b" does not fit. It is: The local name of a node.`},
		{"address: h\nside-channel: {lock: [x]}\n", "side-channel lacks unlock, change"},
		{"address: h\nside-channel: {lock: [], unlock: [x], change: [x]}\n", "side-channel.lock:"},
		{"address: h\nsecond-user: {user: x, host-key: accept}\n", `unknown key "host-key"`},
		{"- address: h\n", "lab.yaml:1:1: the file: is a list, and must be a mapping"},
	}
}

// senseless are files of the right shape, whose values do not do.
func senseless() []faultyFile {
	leaf := "address: h\nfixture:\n  namespaces: {p: urn:x, q: urn:y}\n  leaf: {values: [x, y], path: %s}\n"
	list := "address: h\nfixture:\n  namespaces: {p: urn:x, q: urn:y}\n  list: {path: %s}\n"
	hidden := "address: h\nfixture:\n  namespaces: {p: urn:x}\n  leaf: {values: [x, y], path: /p:a}\n" +
		"  hidden: {there: {path: \"%s\", body: <v>x</v>},\n    other: {path: \"%s\"},\n    missing: {path: \"/p:k[n='3']\"},\n    secrets: [%s]}\n"
	operational := "address: h\noperational:\n  rpc: %s\n  expect: %s\n"
	return []faultyFile{
		{"address: h:99999\n", "lab.yaml:1:10: the port"},
		{"address: ssh://u@h\n", "lab.yaml:1:10: \"ssh://u@h\" is not an address"},
		{"address: h\nrun-timeout: 0s\n", "lab.yaml:2:14: run-timeout must be a duration of more than zero"},
		{"address: h\npassword-env: A\npassword: {file: b}\n", "lab.yaml:3:1: password: there is a password-env too: keep one of them"},
		{"address: h\npassword: {file: b, timeout: 1s}\n", "password.timeout: only a command or a shell command takes a timeout"},
		{"address: h\njumps: [{address: 'b:x'}]\n", "lab.yaml:2:19: the port \"x\" is not a number"},
		{"address: h\ntls: {ca: ca.pem}\n", "lab.yaml:2:1: tls is for the transports tls and tls+callhome, and this one is ssh"},
		{"address: 'sh -c \"x'\ntransport: exec\n", "lab.yaml:1:10: the command"},
		{"address: :x\ntransport: ssh+callhome\n", "lab.yaml:1:10: the port"},
		{"address: h\ntransport: tls+callhome\ncall-limit: 0s\n", "lab.yaml:3:13: call-limit must be"},
		{"address: h\ngrace: 0s\n", "lab.yaml:2:8: grace must be"},
		{"address: h\ndefault-ports: {netconf: '830', ssh: 'h:22'}\n", `lab.yaml:2:26: "830" is not host:port`},
		{fmt.Sprintf(leaf, "/a"), "lab.yaml:4:32: fixture.leaf.path: /a: the first step needs a prefix"},
		{fmt.Sprintf(leaf, "/x:a"), `the prefix "x" is not bound`},
		{fmt.Sprintf(leaf, "/p:a//b"), `cannot read "//b"`},
		{fmt.Sprintf(leaf, `"/p:a[b='c']"`), "has no key"},
		{fmt.Sprintf(list, "/p:a/p:b"), "lab.yaml:4:16: the path of a list ends with the new entry and its key"},
		{fmt.Sprintf(list, `"/p:a[q:b='c']"`), "not in the namespace of its list"},
		{fmt.Sprintf(list, `"/p:a[b='c']", body: "<x>"`), "fixture.list.body is not well-formed"},
		{fmt.Sprintf(leaf, "/p:a") + "  constraint: {broken: <x/>, mended: \"<x>\"}\n", "fixture.constraint.mended is not well-formed"},
		{"address: h\nodd-user: {user: admin}\n", `lab.yaml:2:18: "admin" can be written in XML`},
		{fmt.Sprintf(hidden, "/p:k", "/p:k[n='2']", "x"), "lab.yaml:5:26: the path of a list ends with the new entry and its key"},
		{fmt.Sprintf(hidden, "/p:k[n='1']", "/p:o[n='2']", "x"), "lab.yaml:6:19: fixture.hidden.other has to be another entry of the same list as that of there"},
		{fmt.Sprintf(hidden, "/p:k[n='1']", "/p:k[n='1']", "x"), "fixture.hidden.other has to be another entry"},
		{fmt.Sprintf(hidden, "/p:k[n='1']", "/p:k[n='2']", "y"), `lab.yaml:8:15: fixture.hidden.secrets[0]: "y" stands neither in there nor in other`},
		{fmt.Sprintf(operational, "<get", "x"), "lab.yaml:3:8: operational.rpc is not well-formed"},
		{fmt.Sprintf(operational, "<a/><b/>", "x"), "must be one element, and has 2"},
		{fmt.Sprintf(operational, "<a/>", "'//['"), "lab.yaml:4:11: operational.expect"},
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Setenv("USER", "me")
	for _, c := range append(misshapen(), senseless()...) {
		t.Run(c.says, func(t *testing.T) {
			g := NewWithT(t)
			_, err := load(t, c.content)
			g.Expect(err).To(MatchError(ContainSubstring(c.says)))
			g.Expect(err.Error()).NotTo(ContainSubstring("hunter2"))
		})
	}
}

func TestLoadRefusesWhatIsNotYAML(t *testing.T) {
	for content, says := range map[string]string{
		"":                            "one YAML document",
		"# nothing\n":                 "one YAML document",
		"address: h\n---\naddress: h": "one YAML document",
		"address: \"h\nuser: u\n":     "lab.yaml:",
		"address: h\naddress: i\n":    "lab.yaml:2:1",
	} {
		_, err := load(t, content)
		NewWithT(t).Expect(err).To(MatchError(ContainSubstring(says)))
	}
}

func TestLoadShowsEveryFault(t *testing.T) {
	g := NewWithT(t)
	_, err := load(t, "address: h\nadress: x\ngrace: soon\nsafety: none\n")
	g.Expect(strings.Split(err.Error(), "\n")).To(HaveLen(3))
}

func TestLoadNamesTheFileThatIsNotThere(t *testing.T) {
	_, err := Load("nowhere.yaml")
	NewWithT(t).Expect(err).To(MatchError(os.ErrNotExist))
}

func TestSchemaAgreesWithTheLoader(t *testing.T) {
	g := NewWithT(t)
	schema, err := compileSchema()
	g.Expect(err).NotTo(HaveOccurred())
	valid := func(content []byte) error {
		var value any
		g.Expect(yaml.Unmarshal(content, &value)).To(Succeed())
		return schema.Validate(value)
	}
	for _, name := range []string{"testdata/full.yaml", "testdata/least.yaml"} {
		content, err := os.ReadFile(name)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(valid(content)).To(Succeed())
		g.Expect(yaml.UnmarshalWithOptions(content, new(file), yaml.Strict())).To(Succeed())
	}
	for _, c := range misshapen() {
		g.Expect(valid([]byte(c.content))).NotTo(Succeed(), c.content)
	}
	for _, c := range senseless() {
		g.Expect(valid([]byte(c.content))).To(Succeed(), c.content)
	}
	for _, profile := range Profiles() {
		g.Expect(valid([]byte("address: h\nprofile: " + profile))).To(Succeed())
	}
	g.Expect(schema.Properties["profile"].Enum.Values).To(HaveLen(len(Profiles())))
}
