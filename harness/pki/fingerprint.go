package pki

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Fingerprint is the SHA-256 of a certificate in DER, "SHA256:AB:CD:…", as openssl x509 -fingerprint -sha256 has it behind
// its first words.
func Fingerprint(der []byte) string {
	sum := sha256.Sum256(der)
	var pairs []string
	for _, octet := range sum {
		pairs = append(pairs, fmt.Sprintf("%02X", octet))
	}
	return "SHA256:" + strings.Join(pairs, ":")
}

// ParseFingerprint reads a fingerprint with or without "SHA256:" in front and colons inside, and gives it as Fingerprint
// has it.
func ParseFingerprint(text string) (string, error) {
	digits := strings.ReplaceAll(strings.TrimPrefix(strings.ToUpper(text), "SHA256:"), ":", "")
	sum, err := hex.DecodeString(digits)
	if err != nil || len(sum) != sha256.Size {
		return "", fmt.Errorf("%q is no fingerprint of a certificate: write SHA256: and 64 hexadecimal digits, as openssl x509 -noout -fingerprint -sha256 -in FILE has them", text)
	}
	var pairs []string
	for i := 0; i < len(digits); i += 2 {
		pairs = append(pairs, digits[i:i+2])
	}
	return "SHA256:" + strings.Join(pairs, ":"), nil
}
