// Command test takes, makes and returns lists of fixed lengths.
package main

import "example.com/interop/fixed-length-lists/test/wit/export/test/fixed-length-lists/totest"

type toTest struct{}

func (toTest) ListParam([4]uint32) {}

func (toTest) ListParam2([2][2]uint32) {}

func (toTest) ListParam3([20]int32) {}

func (toTest) ListResult() [8]uint8 {
	return [8]uint8{'0', '1', 'A', 'B', 'a', 'b', 128, 255}
}

func (toTest) ListMinmax16(a [4]uint16, b [4]int16) ([4]uint16, [4]int16) { return a, b }

func (toTest) ListMinmaxFloat(a [2]float32, b [2]float64) ([2]float32, [2]float64) { return a, b }

func (toTest) ListRoundtrip(a [12]uint8) [12]uint8 { return a }

func (toTest) NestedRoundtrip(a [2][2]uint32, b [2][2]int32) ([2][2]uint32, [2][2]int32) {
	return a, b
}

func (toTest) LargeRoundtrip(a [2][2]uint32, b [4][4]int32) ([2][2]uint32, [4][4]int32) {
	return a, b
}

func (toTest) NightmareOnCpp(a [2]totest.Nested) [2]totest.Nested { return a }

func init() { totest.Export(toTest{}) }

func main() {}
