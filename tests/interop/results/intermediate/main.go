// Command intermediate imports and exports the same interface. Errors pass
// through as they are: the types are the same on both sides.
package main

import (
	exported "example.com/interop/results/intermediate/wit/export/test/results/test"
	imported "example.com/interop/results/intermediate/wit/test/results/test"
	"tenon.dev/go/wit"
)

type theTest struct{}

func (theTest) StringError(a float32) (float32, error) { return imported.StringError(a) }

func (theTest) EnumError(a float32) (float32, error) { return imported.EnumError(a) }

func (theTest) RecordError(a float32) (float32, error) { return imported.RecordError(a) }

func (theTest) VariantError(a float32) (float32, error) { return imported.VariantError(a) }

func (theTest) EmptyError(a uint32) (uint32, error) { return imported.EmptyError(a) }

func (theTest) DoubleError(a uint32) (wit.Result[struct{}, string], error) {
	return imported.DoubleError(a)
}

func init() { exported.Export(theTest{}) }

func main() {}
