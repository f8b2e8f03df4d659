// Command runner sends variants, options, results and enums there and back,
// with payloads of different types in the same flat places.
package main

import (
	"errors"
	"fmt"
	"math"

	"example.com/interop/variants/runner/wit/export/runner"
	"example.com/interop/variants/runner/wit/test/variants/totest"
	"tenon.dev/go/wit"
)

type program struct{}

func (program) Run() {
	if v, ok := totest.RoundtripOption(wit.None[float32]()); ok {
		panic(fmt.Sprintf("roundtrip-option of none: %v", v))
	}
	for _, want := range []uint8{0, 1, 2, 255} {
		if v, ok := totest.RoundtripOption(wit.Some(float32(want))); !ok || v != want {
			panic(fmt.Sprintf("roundtrip-option of %d: %v, %v", want, v, ok))
		}
	}
	results()
	for _, e := range []totest.E1{totest.E1A, totest.E1B} {
		same("roundtrip-enum", totest.RoundtripEnum(e), e)
	}
	same("invert-bool", totest.InvertBool(true), false)
	same("invert-bool", totest.InvertBool(false), true)
	casts()
	zeros()
	others()
}

func results() {
	for _, want := range []uint32{0, 2, math.MaxUint32} {
		v, err := totest.RoundtripResult(wit.Ok[uint32, float32](want))
		if err != nil || v != float64(want) {
			panic(fmt.Sprintf("roundtrip-result of %d: %v, %v", want, v, err))
		}
	}
	for _, want := range []uint8{0, 5, 255} {
		v, err := totest.RoundtripResult(wit.Err[uint32](float32(want)))
		var failure *wit.Error[uint8]
		if !errors.As(err, &failure) || failure.Value != want {
			panic(fmt.Sprintf("roundtrip-result of the error %d: %v, %v", want, v, err))
		}
	}
}

func casts() {
	for _, want := range []totest.Casts{
		{F0: totest.C1A{Value: 1}, F1: totest.C2A{Value: 2}, F2: totest.C3A{Value: 3},
			F3: totest.C4A{Value: 4}, F4: totest.C5A{Value: 5}, F5: totest.C6A{Value: 6}},
		{F0: totest.C1B{Value: 1}, F1: totest.C2B{Value: 2}, F2: totest.C3B{Value: 3},
			F3: totest.C4B{Value: 4}, F4: totest.C5B{Value: 5}, F5: totest.C6B{Value: 6}},
		{F0: totest.C1A{Value: -1}, F1: totest.C2A{Value: math.MinInt32}, F2: totest.C3A{Value: -3},
			F3: totest.C4A{Value: math.MinInt64}, F4: totest.C5A{Value: -5}, F5: totest.C6A{Value: -0.5}},
		{F0: totest.C1B{Value: math.MinInt64}, F1: totest.C2B{Value: -math.MaxFloat32}, F2: totest.C3B{Value: math.SmallestNonzeroFloat64},
			F3: totest.C4B{Value: float32(math.Inf(-1))}, F4: totest.C5B{Value: math.Inf(1)}, F5: totest.C6B{Value: -math.MaxFloat64}},
	} {
		var got totest.Casts
		got.F0, got.F1, got.F2, got.F3, got.F4, got.F5 = totest.VariantCasts(want)
		same("variant-casts", got, want)
	}
}

func zeros() {
	for _, want := range []totest.Zeros{
		{F0: totest.Z1A{Value: 1}, F1: totest.Z2A{Value: 2}, F2: totest.Z3A{Value: 3}, F3: totest.Z4A{Value: 4}},
		{F0: totest.Z1A{Value: -1}, F1: totest.Z2A{Value: -2}, F2: totest.Z3A{Value: -3}, F3: totest.Z4A{Value: -4}},
		{F0: totest.Z1B{}, F1: totest.Z2A{}, F2: totest.Z3B{}, F3: totest.Z4A{}},
		{F0: totest.Z1B{}, F1: totest.Z2B{}, F2: totest.Z3B{}, F3: totest.Z4B{}},
	} {
		var got totest.Zeros
		got.F0, got.F1, got.F2, got.F3 = totest.VariantZeros(want)
		same("variant-zeros", got, want)
	}
}

func others() {
	totest.VariantTypedefs(wit.None[uint32](), false, wit.Err[uint32](struct{}{}))
	totest.VariantTypedefs(wit.Some[uint32](42), true, wit.Ok[uint32, struct{}](42))
	for _, result := range []wit.Result[struct{}, struct{}]{wit.Ok[struct{}, struct{}](struct{}{}), wit.Err[struct{}](struct{}{})} {
		for errno := totest.MyErrnoSuccess; errno <= totest.MyErrnoB; errno++ {
			if _, _, got := totest.VariantEnums(true, result, errno); got > totest.MyErrnoB {
				panic(fmt.Sprintf("variant-enums: %v is no my-errno", got))
			}
		}
	}
}

func same[T comparable](what string, got, want T) {
	if got != want {
		panic(fmt.Sprintf("%s: %v, not %v", what, got, want))
	}
}

func init() { runner.Export(program{}) }

func main() {}
