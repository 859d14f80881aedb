//go:build unix

package journal

import (
	"fmt"
	"os"
)

// syncFolder has the disk take the folder's new name.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err == nil {
		err = folder.Sync()
		_ = folder.Close()
	}
	if err != nil {
		return fmt.Errorf("writing the journal's folder: %w", err)
	}
	return nil
}
