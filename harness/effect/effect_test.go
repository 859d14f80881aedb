package effect_test

import (
	"testing"

	"github.com/ncspec/ncspec/harness/effect"
)

func TestSafetyAdmits(t *testing.T) {
	for _, c := range []struct {
		safety effect.Safety
		limit  effect.Effect
	}{
		{effect.ReadOnly, effect.Session}, {effect.Careful, effect.Candidate},
		{effect.Normal, effect.Running}, {effect.Disruptive, effect.Server},
	} {
		for e := effect.Nothing; e <= effect.Server; e++ {
			if got, want := c.safety.Admits(e), e <= c.limit; got != want {
				t.Errorf("%s admits %s: %v, want %v", c.safety, e, got, want)
			}
		}
	}
}

func TestNeedsIsTheMostCarefulLevel(t *testing.T) {
	want := map[effect.Effect]effect.Safety{effect.Nothing: effect.ReadOnly, effect.Session: effect.ReadOnly,
		effect.Lock: effect.Careful, effect.Candidate: effect.Careful, effect.Running: effect.Normal,
		effect.Startup: effect.Disruptive, effect.Server: effect.Disruptive}
	for e, s := range want {
		if got := effect.Needs(e); got != s {
			t.Errorf("Needs(%s) = %s, want %s", e, got, s)
		}
	}
}

func TestOfOctets(t *testing.T) {
	for octets, want := range map[string]effect.Effect{
		`<rpc><get/></rpc>`: effect.Nothing,
		`<rpc><lock><target><running/></target></lock></rpc>`:                                     effect.Lock,
		`<rpc><edit-config><target><candidate/></target><config/></edit-config></rpc>`:            effect.Candidate,
		`<nc:rpc><nc:edit-config><nc:target> <nc:running/></nc:target></nc:edit-config></nc:rpc>`: effect.Running,
		`<rpc><edit-config>garbage`:                                effect.Running,
		`<rpc><commit/></rpc>`:                                     effect.Running,
		"\n#5\n<rpc>\n#4\n<com\n#5\nmit/>\n#6\n</rpc>\n##\n":       effect.Running,
		"\n#1\n<\n#1\nc\n#1\no\n#1\nm\n#1\nm\n#1\ni\n#1\nt\n#1\n/": effect.Running,
		`<copy-config><target><startup/></target></copy-config>`:   effect.Startup,
		`<discard-changes/>`:                                       effect.Candidate,
		`<edit-config><target><candidate/></target></edit-config><edit-config><target><!-- --><running/></target></edit-config>`: effect.Running,
		`<edit-config><target><candidate/></target></edit-config><edit-config><target x="y"><running/>`:                          effect.Running,
		`<lock><target><candidate/></target></lock><edit-config><target x="y"><running/>`:                                        effect.Running,
		`<edit-config><target><candidate/></target></edit-config><edit-conf`:                                                     effect.Candidate,
		`<edit-config><target><candidate/></target></edit-config><edit-config><target><candidate/></target></edit-config>`:       effect.Candidate,
		`<delete-config><target><startup/></target></delete-config>`:                                                             effect.Startup,
	} {
		if got := effect.OfOctets([]byte(octets)); got != want {
			t.Errorf("OfOctets(%q) = %s, want %s", octets, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	for e := effect.Nothing; e <= effect.Server; e++ {
		if got, err := effect.Parse(e.String()); err != nil || got != e {
			t.Errorf("Parse(%q) = %v, %v", e.String(), got, err)
		}
	}
	if _, err := effect.Parse("everything"); err == nil {
		t.Error("an unknown word was accepted")
	}
	if _, err := effect.ParseSafety("careless"); err == nil {
		t.Error("an unknown level was accepted")
	}
}

func TestUnchunked(t *testing.T) {
	for octets, want := range map[string]string{
		"":                                    "",
		"<rpc/>":                              "<rpc/>",
		"\n#5\n<rpc/\n#1\n>\n##\n":            "<rpc/>",
		"\n#1\n<\n#1\na\n#1\n/\n#1\n>\n##\n":  "<a/>",
		"\r\n#2\r\n<a\r\n#2\r\n/>":            "<a/>",
		"\n #2 \n<a#2\n/>\n\t#+2\t\n!":        "<a/>!",
		"<a b='#'>#</a>#":                     "<a b='#'>#</a>#",
		"<a>#x1\n</a>\n#\n":                   "<a>#x1\n</a>\n#\n",
		"#99999999999999999999999\n<commit/>": "<commit/>",
		"##\n##\n#1\n#":                       "#",
	} {
		if got := string(effect.Unchunked([]byte(octets))); got != want {
			t.Errorf("Unchunked(%q) = %q, want %q", octets, got, want)
		}
	}
}
