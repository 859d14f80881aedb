//go:build unix

package ssh

import (
	"fmt"
	"os"
	"syscall"
)

// checkMode refuses a private key of this user that others may read, as OpenSSH does.
func checkMode(file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if ok && int(owner.Uid) == os.Getuid() && info.Mode().IsRegular() && info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("its mode %04o lets others read it, or change it: run chmod 600 %s", info.Mode().Perm(), file)
	}
	return nil
}
