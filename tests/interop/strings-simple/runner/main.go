// Command runner passes and receives texts.
package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"example.com/interop/strings-simple/runner/wit/export/runner"
	"example.com/interop/strings-simple/runner/wit/runner/cat"
)

type program struct{}

func (program) Run() {
	for _, text := range []string{"hello", "", "\u00fc \U0001F680", strings.Repeat("x", 100_000)} {
		cat.Foo(text)
	}
	first := cat.Bar()
	want := strings.Clone(first)
	for range 100 {
		if got := cat.Bar(); got != want || first != want || !utf8.ValidString(got) {
			panic(fmt.Sprintf("bar: %q, %q and %q", want, first, got))
		}
	}
}

func init() { runner.Export(program{}) }

func main() {}
