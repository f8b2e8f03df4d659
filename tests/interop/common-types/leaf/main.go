// Command leaf wraps flags and makes variants of types that another interface
// declares.
package main

import (
	"example.com/interop/common-types/leaf/wit/export/test/common/totest"
	"example.com/interop/common-types/leaf/wit/test/common/testtypes"
)

type toTest struct{}

func (toTest) Wrap(flag testtypes.F1) testtypes.R1 {
	if flag == testtypes.F1A {
		return testtypes.R1{A: 1, B: flag}
	}
	return testtypes.R1{A: 2, B: flag}
}

func (toTest) VarF() testtypes.V1 { return testtypes.V1B{Value: 42} }

func init() { totest.Export(toTest{}) }

func main() {}
