// Command runner passes as many arguments as can be passed flat.
package main

import (
	"example.com/interop/many-arguments/runner/wit/export/runner"
	"example.com/interop/many-arguments/runner/wit/test/many-arguments/totest"
)

type program struct{}

func (program) Run() {
	totest.ManyArguments(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)
}

func init() { runner.Export(program{}) }

func main() {}
