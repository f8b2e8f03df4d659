// Command runner checks types that two interfaces share.
package main

import (
	"fmt"

	"example.com/interop/common-types/runner/wit/export/runner"
	"example.com/interop/common-types/runner/wit/test/common/testtypes"
	"example.com/interop/common-types/runner/wit/test/common/totest"
)

type program struct{}

func (program) Run() {
	all := testtypes.F1A | testtypes.F1B
	for flag := testtypes.F1(0); flag <= all; flag++ {
		if got := totest.Wrap(flag); got.B != flag {
			panic(fmt.Sprintf("%v came back as %v", flag, got.B))
		}
	}
	switch v := totest.VarF().(type) {
	case testtypes.V1A, testtypes.V1B:
	default:
		panic(fmt.Sprintf("var-f returned %v, which is no case of v1", v))
	}
}

func init() { runner.Export(program{}) }

func main() {}
