//go:build unix

package exec

import (
	"os/exec"
	"syscall"
)

// ownGroup makes the command lead a process group of its own, so that it can be ended with all that it starts, and is
// spared what the terminal sends to ours.
func ownGroup(command *exec.Cmd) { command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// signal signals the process group. The command's id is that of its group, and stays so until the last of it has gone.
func (p *process) signal(s syscall.Signal) error { return syscall.Kill(-p.command.Process.Pid, s) }
