// Command test takes as many arguments as can be passed flat.
package main

import (
	"fmt"

	"example.com/interop/many-arguments/test/wit/export/test/many-arguments/totest"
)

type toTest struct{}

// ManyArguments takes any numbers. But if they begin to count, they count on.
func (toTest) ManyArguments(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16 uint64) {
	arguments := [...]uint64{a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16}
	if a1 != 1 || a2 != 2 {
		return
	}
	for i, argument := range arguments {
		if argument != uint64(i+1) {
			panic(fmt.Sprintf("a%d is %d", i+1, argument))
		}
	}
}

func init() { totest.Export(toTest{}) }

func main() {}
