// Command runner sends options there and back, an empty string and an option
// of an option among them.
package main

import (
	"fmt"
	"math"
	"strings"

	"example.com/interop/options/runner/wit/export/runner"
	"example.com/interop/options/runner/wit/test/options/totest"
	"tenon.dev/go/wit"
)

type program struct{}

func (program) Run() {
	totest.OptionNoneParam(wit.None[string]())
	totest.OptionSomeParam(wit.Some("foo"))
	if got, ok := totest.OptionNoneResult(); ok || got != "" {
		panic(fmt.Sprintf("option-none-result: %q, %v", got, ok))
	}
	if _, ok := totest.OptionSomeResult(); !ok {
		panic("option-some-result: none")
	}
	for _, want := range []wit.Option[string]{
		wit.None[string](), wit.Some(""), wit.Some("foo"), wit.Some("\U0001F680"), wit.Some(strings.Repeat("x", 100_000)),
	} {
		if got := wit.OptionOf(totest.OptionRoundtrip(want)); got != want {
			panic(fmt.Sprintf("option-roundtrip of %.40v: %.40v", want, got))
		}
	}
	for _, want := range []wit.Option[wit.Option[uint32]]{
		wit.None[wit.Option[uint32]](),
		wit.Some(wit.None[uint32]()),
		wit.Some(wit.Some[uint32](0)),
		wit.Some(wit.Some[uint32](math.MaxUint32)),
	} {
		if got := wit.OptionOf(totest.DoubleOptionRoundtrip(want)); got != want {
			panic(fmt.Sprintf("double-option-roundtrip of %#v: %#v", want, got))
		}
	}
}

func init() { runner.Export(program{}) }

func main() {}
