// Command runner lends a resource, many times, and still has it.
package main

import (
	"fmt"

	"example.com/interop/resource-borrow/runner/wit/export/runner"
	"example.com/interop/resource-borrow/runner/wit/test/resource-borrow/totest"
)

type program struct{}

func (program) Run() {
	one, other := totest.NewThing(42), totest.NewThing(1000)
	defer one.Close()
	first := totest.Foo(one)
	for range 100 {
		if got := totest.Foo(one); got != first {
			panic(fmt.Sprintf("foo of the same thing: %d and then %d", first, got))
		}
		if got := totest.Foo(other); got == first {
			panic(fmt.Sprintf("foo of things of 42 and of 1000: both %d", got))
		}
	}
	if err := other.Close(); err != nil {
		panic(fmt.Sprintf("closing a thing that was lent: %v", err))
	}
	if !panics(func() { totest.Foo(other) }) {
		panic("a closed thing was lent")
	}
}

func panics(f func()) (panicked bool) {
	defer func() { panicked = recover() != nil }()
	f()
	return
}

func init() { runner.Export(program{}) }

func main() {}
