package pki

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func TestFingerprintsAreReadInAllForms(t *testing.T) {
	g := NewWithT(t)
	want := Fingerprint([]byte("certificate"))
	bare := strings.TrimPrefix(want, "SHA256:")
	for _, form := range []string{want, bare, strings.ToLower(want), strings.ReplaceAll(bare, ":", "")} {
		g.Expect(ParseFingerprint(form)).To(Equal(want), form)
	}
	for _, wrong := range []string{"", "SHA256:", "SHA256:12", bare[1:], strings.Replace(bare, bare[:2], "XY", 1)} {
		_, err := ParseFingerprint(wrong)
		g.Expect(err).To(MatchError(ContainSubstring("64 hexadecimal digits")), wrong)
	}
}
