// Command runner sends lists of fixed lengths there and back.
package main

import (
	"fmt"
	"math"

	"example.com/interop/fixed-length-lists/runner/wit/export/runner"
	"example.com/interop/fixed-length-lists/runner/wit/test/fixed-length-lists/totest"
)

type program struct{}

func (program) Run() {
	totest.ListParam([4]uint32{1, 2, 3, 4})
	totest.ListParam2([2][2]uint32{{1, 2}, {3, 4}})
	totest.ListParam3([20]int32{-1, 2, -3, 4, -5, 6, -7, 8, -9, 10, -11, 12, -13, 14, -15, 16, -17, 18, -19, 20})
	same("list-result", totest.ListResult(), totest.ListResult())

	u16 := [4]uint16{0, 1024, 32768, math.MaxUint16}
	s16 := [4]int16{1, 2048, math.MaxInt16, math.MinInt16}
	gotU16, gotS16 := totest.ListMinmax16(u16, s16)
	same("list-minmax16's first", gotU16, u16)
	same("list-minmax16's second", gotS16, s16)

	f32 := [2]float32{2.0, -42}
	f64 := [2]float64{0.25, -0.125}
	floats(f32, f64)
	floats([2]float32{-math.MaxFloat32, math.MaxFloat32}, [2]float64{-math.MaxFloat64, math.MaxFloat64})
	floats([2]float32{float32(math.Inf(-1)), float32(math.Inf(1))}, [2]float64{math.Inf(-1), math.Inf(1)})

	var zero [12]uint8
	same("list-roundtrip", totest.ListRoundtrip(zero), zero)
	bytes := [12]uint8{'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 0, 128, 255}
	same("list-roundtrip", totest.ListRoundtrip(bytes), bytes)

	unsigned := [2][2]uint32{{1, 5}, {0, math.MaxUint32}}
	signed := [2][2]int32{{-1, math.MaxInt32}, {math.MinInt32, -5}}
	gotUnsigned, gotSigned := totest.NestedRoundtrip(unsigned, signed)
	same("nested-roundtrip's first", gotUnsigned, unsigned)
	same("nested-roundtrip's second", gotSigned, signed)

	var large [4][4]int32
	for i := range large {
		for j := range large[i] {
			large[i][j] = int32(i*4+j) - 8
		}
	}
	gotUnsigned, gotLarge := totest.LargeRoundtrip(unsigned, large)
	same("large-roundtrip's first", gotUnsigned, unsigned)
	same("large-roundtrip's second", gotLarge, large)

	nested := [2]totest.Nested{{L: [2]int32{1, -1}}, {L: [2]int32{math.MaxInt32, math.MinInt32}}}
	same("nightmare-on-cpp", totest.NightmareOnCpp(nested), nested)
}

func floats(a [2]float32, b [2]float64) {
	gotA, gotB := totest.ListMinmaxFloat(a, b)
	same("list-minmax-float's first", gotA, a)
	same("list-minmax-float's second", gotB, b)
}

func same[T comparable](what string, got, want T) {
	if got != want {
		panic(fmt.Sprintf("%s: %v, not %v", what, got, want))
	}
}

func init() { runner.Export(program{}) }

func main() {}
