// Command test takes and returns variants, options, results and enums.
package main

import (
	"example.com/interop/variants/test/wit/export/test/variants/totest"
	"tenon.dev/go/wit"
)

type toTest struct{}

func (toTest) RoundtripOption(a wit.Option[float32]) (uint8, bool) {
	v, ok := a.Get()
	return uint8(v), ok
}

func (toTest) RoundtripResult(a wit.Result[uint32, float32]) (float64, error) {
	v, failure, ok := a.Get()
	if !ok {
		return 0, &wit.Error[uint8]{Value: uint8(failure)}
	}
	return float64(v), nil
}

func (toTest) RoundtripEnum(a totest.E1) totest.E1 { return a }

func (toTest) InvertBool(a bool) bool { return !a }

func (toTest) VariantCasts(a totest.Casts) (totest.C1, totest.C2, totest.C3, totest.C4, totest.C5, totest.C6) {
	return a.F0, a.F1, a.F2, a.F3, a.F4, a.F5
}

func (toTest) VariantZeros(a totest.Zeros) (totest.Z1, totest.Z2, totest.Z3, totest.Z4) {
	return a.F0, a.F1, a.F2, a.F3
}

func (toTest) VariantTypedefs(totest.OptionTypedef, totest.BoolTypedef, totest.ResultTypedef) {}

func (toTest) VariantEnums(a bool, b wit.Result[struct{}, struct{}], c totest.MyErrno) (bool, wit.Result[struct{}, struct{}], totest.MyErrno) {
	return a, b, c
}

func init() { totest.Export(toTest{}) }

func main() {}
