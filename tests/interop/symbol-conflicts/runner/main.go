// Command runner imports functions of the same names from several interfaces.
package main

import (
	"fmt"
	"unicode/utf8"

	"example.com/interop/symbol-conflicts/runner/wit/export/runner"
	"example.com/interop/symbol-conflicts/runner/wit/my/inline/bar1"
	"example.com/interop/symbol-conflicts/runner/wit/my/inline/bar2"
	"example.com/interop/symbol-conflicts/runner/wit/my/inline/foo1"
	"example.com/interop/symbol-conflicts/runner/wit/my/inline/foo2"
)

type program struct{}

func (program) Run() {
	foo1.Foo()
	foo2.Foo()
	for _, bar := range []func() string{bar1.Bar, bar2.Bar} {
		first, second := bar(), bar()
		if first != second || !utf8.ValidString(first) {
			panic(fmt.Sprintf("bar: %q and then %q", first, second))
		}
	}
}

func init() { runner.Export(program{}) }

func main() {}
