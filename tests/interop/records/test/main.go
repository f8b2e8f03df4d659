// Command test takes, makes and returns records, tuples and flags.
package main

import (
	"example.com/interop/records/test/wit/export/test/records/totest"
	"tenon.dev/go/wit"
)

type toTest struct{}

func (toTest) MultipleResults() (uint8, uint16) { return 4, 5 }

func (toTest) SwapTuple(a wit.Tuple2[uint8, uint32]) (uint32, uint8) { return a.F1, a.F0 }

func (toTest) RoundtripFlags1(a totest.F1) totest.F1 { return a }

func (toTest) RoundtripFlags2(a totest.F2) totest.F2 { return a }

func (toTest) RoundtripFlags3(a totest.Flag8, b totest.Flag16, c totest.Flag32) (totest.Flag8, totest.Flag16, totest.Flag32) {
	return a, b, c
}

func (toTest) RoundtripRecord1(a totest.R1) totest.R1 { return a }

func (toTest) Tuple1(a wit.Tuple1[uint8]) uint8 { return a.F0 }

func init() { totest.Export(toTest{}) }

func main() {}
