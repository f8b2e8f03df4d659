// Command runner passes and receives lists by another name.
package main

import (
	"bytes"
	"fmt"

	"example.com/interop/lists-alias/runner/wit/export/runner"
	"example.com/interop/lists-alias/runner/wit/runner/cat"
)

type program struct{}

func (program) Run() {
	for _, list := range []cat.MyList{nil, {}, {0}, cat.MyList("hello"), bytes.Repeat([]byte{0xff}, 100_000)} {
		cat.Foo(list)
	}
	first := cat.Bar()
	want := bytes.Clone(first)
	second := cat.Bar()
	if !bytes.Equal(second, want) {
		panic(fmt.Sprintf("bar: %v and then %v", want, second))
	}
	// Two results share no memory.
	clear(second)
	if !bytes.Equal(first, want) {
		panic(fmt.Sprintf("a result of bar has changed: %v instead of %v", first, want))
	}
}

func init() { runner.Export(program{}) }

func main() {}
