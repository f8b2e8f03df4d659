// Command runner imports two versions of one interface.
package main

import (
	"fmt"

	"example.com/interop/versions/runner/wit/export/runner"
	v01 "example.com/interop/versions/runner/wit/test/dep/v0.1/test"
	v02 "example.com/interop/versions/runner/wit/test/dep/v0.2/test"
)

type program struct{}

func (program) Run() {
	steady("x of 0.1.0", v01.X)
	steady("y of 0.1.0", func() float32 { return v01.Y(1.5) })
	steady("x of 0.2.0", v02.X)
	steady("z of 0.2.0", func() float32 { return v02.Z(1.5, -2) })
}

// steady expects the same number every time.
func steady(what string, call func() float32) {
	if first, second := call(), call(); first != second {
		panic(fmt.Sprintf("%s: %v and then %v", what, first, second))
	}
}

func init() { runner.Export(program{}) }

func main() {}
