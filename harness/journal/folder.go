package journal

import (
	"fmt"
	"os"
	"path/filepath"
)

// Folder is where journals are kept: ncspec in XDG_STATE_HOME, in .local/state of the home folder without it.
func Folder() (string, error) {
	if state := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(state) {
		return filepath.Join(state, "ncspec"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("looking for a folder for journals: %w; name one with --journal", err)
	}
	return filepath.Join(home, ".local", "state", "ncspec"), nil
}
