// Command test takes, makes and returns options.
package main

import (
	"example.com/interop/options/test/wit/export/test/options/totest"
	"tenon.dev/go/wit"
)

type toTest struct{}

func (toTest) OptionNoneParam(a wit.Option[string]) {
	if _, ok := a.Get(); ok {
		panic("option-none-param was given a value")
	}
}

func (toTest) OptionSomeParam(a wit.Option[string]) {
	if _, ok := a.Get(); !ok {
		panic("option-some-param was given none")
	}
}

func (toTest) OptionNoneResult() (string, bool) { return "", false }

func (toTest) OptionSomeResult() (string, bool) { return "foo", true }

func (toTest) OptionRoundtrip(a wit.Option[string]) (string, bool) { return a.Get() }

func (toTest) DoubleOptionRoundtrip(a wit.Option[wit.Option[uint32]]) (wit.Option[uint32], bool) {
	return a.Get()
}

func init() { totest.Export(toTest{}) }

func main() {}
