// Command runner lends things inside of records inside of lists.
package main

import (
	"fmt"

	"example.com/interop/resource_borrow_in_record/runner/wit/export/runner"
	"example.com/interop/resource_borrow_in_record/runner/wit/test/resource-borrow-in-record/totest"
)

type program struct{}

func (program) Run() {
	for _, n := range []int{0, 1, 2, 300} {
		lend(n)
	}
}

func lend(n int) {
	foos := make([]totest.Foo, n)
	texts := make([]string, n)
	for i := range foos {
		foos[i].Thing = totest.NewThing(fmt.Sprintf("thing %d \U0001F680", i))
		texts[i] = foos[i].Thing.Get()
	}
	// A thing may be lent twice in one call.
	if n > 1 {
		foos = append(foos, foos[0])
	}
	for range 2 {
		for i, thing := range totest.Test(foos) {
			thing.Get()
			if err := thing.Close(); err != nil {
				panic(fmt.Sprintf("closing result %d: %v", i, err))
			}
		}
	}
	// All are still here, and drop once.
	for i, text := range texts {
		if got := foos[i].Thing.Get(); got != text {
			panic(fmt.Sprintf("thing %d says %q after it was lent, %q before", i, got, text))
		}
		if err := foos[i].Thing.Close(); err != nil {
			panic(fmt.Sprintf("closing thing %d: %v", i, err))
		}
	}
}

func init() { runner.Export(program{}) }

func main() {}
