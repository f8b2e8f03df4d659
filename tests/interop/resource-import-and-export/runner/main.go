// Command runner uses things that are kept in other things.
package main

import (
	"fmt"

	"example.com/interop/resource-import-and-export/runner/wit/export/runner"
	"example.com/interop/resource-import-and-export/runner/wit/test/resource-import-and-export/test"
)

type program struct{}

func (program) Run() {
	for range 50 {
		things()
	}
}

func things() {
	one, twin, other := test.NewThing(42), test.NewThing(42), test.NewThing(1000)
	defer twin.Close()
	same("foo of two things of 42", one.Foo(), twin.Foo())
	same("foo of the same thing", one.Foo(), one.Foo())
	before := other.Foo()
	if before == one.Foo() {
		panic(fmt.Sprintf("foo of things of 42 and of 1000: both %d", before))
	}

	one.Bar(33)
	same("foo of a thing after bar of another", other.Foo(), before)
	other.Bar(33)
	same("foo of two things after bar of 33", one.Foo(), other.Foo())

	both := test.ThingBaz(one, other)
	same("foo of the same result of baz", both.Foo(), both.Foo())
	// Those that were given away are gone.
	if !panics(func() { one.Foo() }) || !panics(func() { other.Foo() }) {
		panic("a thing that baz took is still here")
	}
	if err := both.Close(); err != nil {
		panic(fmt.Sprintf("closing a result of baz: %v", err))
	}
}

func same(what string, got, want uint32) {
	if got != want {
		panic(fmt.Sprintf("%s: %d and %d", what, got, want))
	}
}

func panics(f func()) (panicked bool) {
	defer func() { panicked = recover() != nil }()
	f()
	return
}

func init() { runner.Export(program{}) }

func main() {}
