package target

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// canary must show in no error.
const canary = "Canary-5Tz"

func script(t *testing.T, text string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("there is no /bin/sh")
	}
	file := filepath.Join(t.TempDir(), "manager")
	if err := os.WriteFile(file, []byte("#!/bin/sh\n"+text+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestSecrets(t *testing.T) {
	t.Setenv("LAB_SECRET", "of the environment")
	file := filepath.Join(t.TempDir(), "secret")
	NewWithT(t).Expect(os.WriteFile(file, []byte("of a file\r\nand more\n"), 0o600)).To(Succeed())
	for want, s := range map[string]Secret{
		"of the environment": {Env: "LAB_SECRET"},
		"of a file":          {File: file},
		"of $0 *":            {Command: []string{script(t, `echo noise >&2; echo "of $1"; echo more`), "$0 *"}, Timeout: time.Minute},
		"of a shell":         {Shell: "echo of a shell; echo more", Timeout: time.Minute},
	} {
		got, err := s.Read(t.Context())
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		NewWithT(t).Expect(got).To(Equal(want))
	}
}

func TestSecretsThatCannotBeHad(t *testing.T) {
	t.Setenv("EMPTY_SECRET", "")
	for says, s := range map[string]Secret{
		"LAB_SECRET_UNSET is not set":                      {Env: "LAB_SECRET_UNSET"},
		"the environment variable EMPTY_SECRET is empty":   {Env: "EMPTY_SECRET"},
		"reading a secret: open /nonexistent":              {File: "/nonexistent"},
		"the program /nonexistent/manager cannot be":       {Command: []string{"/nonexistent/manager"}, Timeout: time.Minute},
		"the program ncspec-no-such-program cannot be":     {Command: []string{"ncspec-no-such-program"}, Timeout: time.Minute},
		"the command failed with exit status 3: run it by": {Command: []string{script(t, "echo "+canary+"; echo "+canary+" >&2; exit 3")}, Timeout: time.Minute},
		"the output of the shell command: the command":     {Shell: "exit 3", Timeout: time.Minute},
		"is empty, or begins with an empty line":           {Command: []string{script(t, "echo; echo "+canary)}, Timeout: time.Minute},
		"did not come within 50ms, and the command was":    {Command: []string{script(t, "echo "+canary+"; exec sleep 600")}, Timeout: 50 * time.Millisecond},
	} {
		_, err := s.Read(t.Context())
		NewWithT(t).Expect(err).To(MatchError(ContainSubstring(says)))
		NewWithT(t).Expect(err.Error()).NotTo(ContainSubstring(canary))
	}
}

func TestSecretIsNotWaitedForOnceTheRunIsOver(t *testing.T) {
	g := NewWithT(t)
	over, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := (&Secret{Command: []string{script(t, "exec sleep 600")}, Timeout: time.Minute}).Read(over)
	g.Expect(err).To(MatchError(context.Canceled))
}

func TestACommandThatFloods(t *testing.T) {
	g := NewWithT(t)
	got, err := (&Secret{Command: []string{script(t, "head -c 1000000 /dev/zero | tr '\\0' x")}, Timeout: time.Minute}).Read(t.Context())
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(len(got)).To(Equal(maxSecret))
}
