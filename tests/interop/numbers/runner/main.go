// Command runner sends numbers there and back, the least and greatest of each
// type among them.
package main

import (
	"fmt"
	"math"

	"example.com/interop/numbers/runner/wit/export/runner"
	"example.com/interop/numbers/runner/wit/test/numbers/numbers"
)

type program struct{}

func (program) Run() {
	roundtrip("roundtrip-u8", numbers.RoundtripU8, 0, 1, 127, 128, math.MaxUint8)
	roundtrip("roundtrip-s8", numbers.RoundtripS8, 0, 1, -1, math.MinInt8, math.MaxInt8)
	roundtrip("roundtrip-u16", numbers.RoundtripU16, 0, 1, 32768, math.MaxUint16)
	roundtrip("roundtrip-s16", numbers.RoundtripS16, 0, 1, -1, math.MinInt16, math.MaxInt16)
	roundtrip("roundtrip-u32", numbers.RoundtripU32, 0, 1, 1<<31, math.MaxUint32)
	roundtrip("roundtrip-s32", numbers.RoundtripS32, 0, 1, -1, math.MinInt32, math.MaxInt32)
	roundtrip("roundtrip-u64", numbers.RoundtripU64, 0, 1, 1<<63, math.MaxUint64)
	roundtrip("roundtrip-s64", numbers.RoundtripS64, 0, 1, -1, math.MinInt64, math.MaxInt64)
	roundtrip("roundtrip-f32", numbers.RoundtripF32, 0, 1, -1, math.MaxFloat32, -math.MaxFloat32,
		math.SmallestNonzeroFloat32, float32(math.Inf(1)), float32(math.Inf(-1)))
	roundtrip("roundtrip-f64", numbers.RoundtripF64, 0, 1, -1, math.MaxFloat64, -math.MaxFloat64,
		math.SmallestNonzeroFloat64, math.Inf(1), math.Inf(-1))
	roundtrip("roundtrip-char", numbers.RoundtripChar, 0, 'a', ' ', '\u20ac', '\ud7ff', '\ue000', '\ufffd', '\U0001F680', '\U0010FFFF')

	if got := numbers.RoundtripF32(float32(math.NaN())); got == got {
		panic(fmt.Sprintf("roundtrip-f32: %v instead of NaN", got))
	}
	if got := numbers.RoundtripF64(math.NaN()); got == got {
		panic(fmt.Sprintf("roundtrip-f64: %v instead of NaN", got))
	}
	if !math.Signbit(numbers.RoundtripF64(math.Copysign(0, -1))) {
		panic("roundtrip-f64: zero has lost its sign")
	}

	for _, scalar := range []uint32{2, 4, 0, math.MaxUint32} {
		numbers.SetScalar(scalar)
		for range 2 {
			if got := numbers.GetScalar(); got != scalar {
				panic(fmt.Sprintf("get-scalar: %d after set-scalar of %d", got, scalar))
			}
		}
	}
}

func roundtrip[T comparable](what string, call func(T) T, values ...T) {
	for _, value := range values {
		if got := call(value); got != value {
			panic(fmt.Sprintf("%s of %v: %v", what, value, got))
		}
	}
}

func init() { runner.Export(program{}) }

func main() {}
