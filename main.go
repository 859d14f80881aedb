// Command ncspec judges NETCONF servers: every verdict names the section of the RFC and shows the octets.
package main

import (
	"os"

	"github.com/ncspec/ncspec/suites/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
