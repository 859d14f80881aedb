package target

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

const labKey = "SHA256:aUDTXTVcVHqd2M8g3xNkY7pHkSt3/eqq4Cg1Tww2wnk"

// drafted writes a draft and loads it again.
func drafted(t *testing.T, d Draft) (*Target, string) {
	t.Helper()
	text := d.YAML()
	target, err := load(t, string(text))
	NewWithT(t).Expect(err).NotTo(HaveOccurred(), string(text))
	return target, string(text)
}

func TestADraftLoads(t *testing.T) {
	g := NewWithT(t)
	given := *byURL(t, "ssh://admin@192.0.2.7:2830")
	target, text := drafted(t, Draft{Given: given, Reached: given, HostKey: labKey, Profile: "junos", At: time.Unix(0, 0),
		HostKeyNote: "ssh-ed25519, known_hosts", Capabilities: []string{"urn:ietf:params:netconf:base:1.1"}})
	g.Expect([]string{target.Name, target.Address, target.User, target.HostKey, target.Profile, target.Safety, target.PasswordEnv}).To(Equal(
		[]string{"192.0.2.7", "192.0.2.7:2830", "admin", labKey, "junos", "running", "NCSPEC_PASSWORD"}))
	g.Expect(target.Grace).To(Equal(given.Grace))
	g.Expect(target.Jumps).To(BeNil())
	g.Expect(text).To(And(ContainSubstring("at 1970-01-01 00:00:00 UTC"), ContainSubstring("\n#   urn:ietf:params:netconf:base:1.1\n"),
		ContainSubstring("# Pinned: ssh-ed25519, known_hosts\n")))
}

func TestADraftKeepsWhatWasSaid(t *testing.T) {
	g := NewWithT(t)
	given := *byURL(t, "ssh://admin@[2001:db8::1]")
	given.Identities, given.PasswordEnv, given.SSHConfig, given.LegacyAlgorithms = []string{"id: rsa"}, "LAB", "none", true
	given.Jumps, _ = ParseJumps([]string{"ops@bastion", "inner:2200"})
	target, text := drafted(t, Draft{Given: given, Reached: given, HostKey: labKey})
	here, err := os.Getwd()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(target.Identities).To(Equal([]string{filepath.Join(here, "id: rsa")}))
	g.Expect([]string{target.Address, target.PasswordEnv, target.SSHConfig}).To(Equal([]string{"[2001:db8::1]:830", "LAB", "none"}))
	g.Expect(target.LegacyAlgorithms).To(BeTrue())
	g.Expect(target.Jumps).To(HaveLen(2))
	g.Expect([]string{target.Jumps[0].Address, target.Jumps[0].User, target.Jumps[1].Address}).To(Equal([]string{"bastion:22", "ops", "inner:2200"}))
	g.Expect(text).To(ContainSubstring("No built-in fixture fits"))
}

func TestADraftLeavesToTheSSHConfigWhatItSays(t *testing.T) {
	g := NewWithT(t)
	inHome(t, labConfig)
	given := byURL(t, "ssh://router")
	reached := *given
	c, err := given.LoadSSHConfig()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(reached.Follow(c)).To(Succeed())
	target, text := drafted(t, Draft{Given: *given, Reached: reached, HostKey: labKey})
	g.Expect([]string{target.Address, target.User}).To(Equal([]string{"router:2830", "admin"}))
	g.Expect(target.Jumps).To(BeNil())
	g.Expect(text).To(And(ContainSubstring("The jump hosts are those of the ssh config"), ContainSubstring("says that this is 192.0.2.7:2830")))
	g.Expect(target.Follow(c)).To(Succeed())
	g.Expect(target.Address).To(Equal(reached.Address))
	g.Expect(target.Jumps).To(HaveLen(2))
}

func TestNothingThatAServerClaimsEndsAComment(t *testing.T) {
	g := NewWithT(t)
	given := *byURL(t, "ssh://admin@router")
	target, text := drafted(t, Draft{Given: given, Reached: given, HostKey: labKey,
		Capabilities: []string{"urn:x\nreboot: [rm]", "urn:y\u2028reboot: [rm]", "urn:z\u0085reboot: [rm]", "urn:é%s"}})
	g.Expect(target.Rebooter).To(BeNil())
	g.Expect(text).To(ContainSubstring("urn:é%s"))
}
