// Command runner sends records, tuples and flags there and back.
package main

import (
	"fmt"
	"math"

	"example.com/interop/records/runner/wit/export/runner"
	"example.com/interop/records/runner/wit/test/records/totest"
	"tenon.dev/go/wit"
)

type program struct{}

func (program) Run() {
	totest.MultipleResults()
	for _, tuple := range []wit.Tuple2[uint8, uint32]{{F0: 1, F1: 2}, {F0: 0, F1: math.MaxUint32}, {F0: math.MaxUint8, F1: 0}} {
		big, small := totest.SwapTuple(tuple)
		same("swap-tuple's first", big, tuple.F1)
		same("swap-tuple's second", small, tuple.F0)
	}
	for _, number := range []uint8{0, 1, math.MaxUint8} {
		same("tuple1", totest.Tuple1(wit.Tuple1[uint8]{F0: number}), number)
	}
	flags()
	for _, record := range []totest.R1{{A: 8, B: 0}, {A: 0, B: totest.F1A}, {A: math.MaxUint8, B: totest.F1A | totest.F1B}} {
		same("roundtrip-record1", totest.RoundtripRecord1(record), record)
	}
}

func flags() {
	for f := totest.F1(0); f <= totest.F1A|totest.F1B; f++ {
		same("roundtrip-flags1", totest.RoundtripFlags1(f), f)
	}
	for f := totest.F2(0); f <= totest.F2C|totest.F2D|totest.F2E; f++ {
		same("roundtrip-flags2", totest.RoundtripFlags2(f), f)
	}
	flags3(0, 0, 0)
	flags3(totest.Flag8B0|totest.Flag8B7, totest.Flag16B1|totest.Flag16B15, totest.Flag32B2|totest.Flag32B31)
	flags3(math.MaxUint8, math.MaxUint16, math.MaxUint32)
	for bit := range 32 {
		// A bit beyond a type's flags shifts out of it.
		flags3(totest.Flag8(1)<<bit, totest.Flag16(1)<<bit, totest.Flag32(1)<<bit)
	}
}

func flags3(a totest.Flag8, b totest.Flag16, c totest.Flag32) {
	gotA, gotB, gotC := totest.RoundtripFlags3(a, b, c)
	same("roundtrip-flags3's first", gotA, a)
	same("roundtrip-flags3's second", gotB, b)
	same("roundtrip-flags3's third", gotC, c)
}

func same[T comparable](what string, got, want T) {
	if got != want {
		panic(fmt.Sprintf("%s: %v, not %v", what, got, want))
	}
}

func init() { runner.Export(program{}) }

func main() {}
