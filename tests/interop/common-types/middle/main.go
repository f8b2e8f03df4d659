// Command middle passes on what it is asked. The types of the interface that it
// imports and of the one that it exports are the same.
package main

import (
	exported "example.com/interop/common-types/middle/wit/export/test/common/totest"
	"example.com/interop/common-types/middle/wit/test/common/testtypes"
	imported "example.com/interop/common-types/middle/wit/test/common/totest"
)

type toTest struct{}

func (toTest) Wrap(flag testtypes.F1) testtypes.R1 { return imported.Wrap(flag) }

func (toTest) VarF() testtypes.V1 { return imported.VarF() }

func init() { exported.Export(toTest{}) }

func main() {}
