// Command runner adds floats of two kinds, some given, some lent.
package main

import (
	"fmt"

	"example.com/interop/resource_floats/runner/wit/export/runner"
	world "example.com/interop/resource_floats/runner/wit/runner"
	"example.com/interop/resource_floats/runner/wit/runner/exports"
	"example.com/interop/resource_floats/runner/wit/test/resource-floats/test"
)

type program struct{}

func (program) Run() {
	for range 20 {
		given()
		lent()
	}
}

func given() {
	one, twin := exports.NewFloat(42.0), exports.NewFloat(42.0)
	same("two floats of 42", one.Get(), twin.Get())
	differ("floats of 42 and of 55", one.Get(), exports.NewFloat(55.0).Get())

	sum, equal := exports.FloatAdd(one, 1.5), exports.FloatAdd(twin, 1.5)
	same("two sums of equal floats", sum.Get(), equal.Get())
	gone(func() { one.Get() })
	gone(func() { exports.FloatAdd(twin, 2) })
	differ("another sum", exports.FloatAdd(equal, 100).Get(), sum.Get())
	closed(sum.Close())
}

func lent() {
	a, b := test.NewFloat(2.25), test.NewFloat(-1e9)
	before := a.Get()
	sum, turned := world.Add(a, b), world.Add(b, a)
	same("a sum, the other way round", sum.Get(), turned.Get())
	same("a float that was lent", a.Get(), before)
	// One float may be lent twice in one call.
	twice := world.Add(a, a)
	differ("other sums", twice.Get(), sum.Get())
	for _, float := range []*test.Float{a, b, sum, turned, twice} {
		closed(float.Close())
	}
}

func same(what string, got, want float64) {
	if got != want {
		panic(fmt.Sprintf("%s: %v and %v", what, got, want))
	}
}

func differ(what string, one, other float64) {
	if one == other {
		panic(fmt.Sprintf("%s: both %v", what, one))
	}
}

func closed(err error) {
	if err != nil {
		panic(fmt.Sprintf("closing a float: %v", err))
	}
}

// gone fails if something that was given away can still be used.
func gone(use func()) {
	defer func() {
		if recover() == nil {
			panic("a float that was given away is still here")
		}
	}()
	use()
}

func init() { runner.Export(program{}) }

func main() {}
