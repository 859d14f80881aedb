//go:build !unix

package exec

import (
	"os/exec"
	"syscall"
)

func ownGroup(*exec.Cmd) {}

// signal ends the command: there are no process groups, and no gentler way.
func (p *process) signal(syscall.Signal) error { return p.command.Process.Kill() }
