// Command runner calls a function that takes and returns nothing, many times.
package main

import (
	"example.com/interop/demo/runner/wit/a/b/thetest"
	"example.com/interop/demo/runner/wit/export/runner"
)

type program struct{}

func (program) Run() {
	for range 1000 {
		thetest.X()
	}
}

func init() { runner.Export(program{}) }

func main() {}
