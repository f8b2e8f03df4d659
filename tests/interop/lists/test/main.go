// Command test takes, makes and returns lists and strings.
package main

import (
	"example.com/interop/lists/test/wit/export/test/lists/totest"
	"tenon.dev/go/wit"
)

type toTest struct{}

func (toTest) EmptyListParam(a []byte) {
	if len(a) != 0 {
		panic("empty-list-param was given a list that is not empty")
	}
}

func (toTest) EmptyStringParam(a string) {
	if a != "" {
		panic("empty-string-param was given a string that is not empty")
	}
}

func (toTest) EmptyListResult() []byte { return nil }

func (toTest) EmptyStringResult() string { return "" }

func (toTest) ListParam([]byte) {}

func (toTest) ListParam2(string) {}

func (toTest) ListParam3([]string) {}

func (toTest) ListParam4([][]string) {}

func (toTest) ListParam5([]wit.Tuple3[uint8, uint32, uint8]) {}

func (toTest) ListParamLarge([]string) {}

func (toTest) ListResult() []byte { return []byte{1, 2, 3, 4, 5} }

func (toTest) ListResult2() string { return "hello!" }

func (toTest) ListResult3() []string { return []string{"hello,", "world!"} }

func (toTest) ListMinmax8(a []byte, b []int8) ([]byte, []int8) { return a, b }

func (toTest) ListMinmax16(a []uint16, b []int16) ([]uint16, []int16) { return a, b }

func (toTest) ListMinmax32(a []uint32, b []int32) ([]uint32, []int32) { return a, b }

func (toTest) ListMinmax64(a []uint64, b []int64) ([]uint64, []int64) { return a, b }

func (toTest) ListMinmaxFloat(a []float32, b []float64) ([]float32, []float64) { return a, b }

func (toTest) ListRoundtrip(a []byte) []byte { return a }

func (toTest) StringRoundtrip(a string) string { return a }

func (toTest) WASIHTTPHeadersRoundtrip(a []wit.Tuple2[string, []byte]) []wit.Tuple2[string, []byte] {
	return a
}

// AllocatedBytes is how much would have to be freed by hand: with a garbage
// collector, nothing.
func (toTest) AllocatedBytes() uint32 { return 0 }

func init() { totest.Export(toTest{}) }

func main() {}
