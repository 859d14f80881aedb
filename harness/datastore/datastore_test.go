package datastore

import "testing"

func TestNamesAreTheElements(t *testing.T) {
	for want, name := range map[string]Name{"running": Running, "candidate": Candidate, "startup": Startup} {
		if name.String() != want {
			t.Errorf("%q is not %q", name, want)
		}
	}
}
