// Command test takes resources inside of every other type.
package main

import (
	"example.com/interop/resource_aggregates/test/wit/export/test/resource-aggregates/totest"
	"tenon.dev/go/wit"
)

type thing struct{ value uint32 }

type toTest struct{}

func (toTest) NewThing(v uint32) totest.Thing { return &thing{v} }

// Foo is the sum of all things.
func (toTest) Foo(
	r1 totest.R1, r2 totest.R2, r3 totest.R3,
	t1 totest.T1, t2 totest.T2,
	v1 totest.V1, v2 totest.V2,
	l1 totest.L1, l2 totest.L2,
	o1, o2 wit.Option[totest.Thing],
	result1, result2 wit.Result[totest.Thing, struct{}],
) uint32 {
	things := []totest.Thing{
		r1.Thing, r2.Thing, r3.Thing1, r3.Thing2, t1.F0, t1.F1.Thing, t2.F0,
		v1.(totest.V1Thing).Value, v2.(totest.V2Thing).Value,
	}
	things = append(append(things, l1...), l2...)
	for _, option := range []wit.Option[totest.Thing]{o1, o2} {
		if v, ok := option.Get(); ok {
			things = append(things, v)
		}
	}
	for _, result := range []wit.Result[totest.Thing, struct{}]{result1, result2} {
		if v, _, ok := result.Get(); ok {
			things = append(things, v)
		}
	}
	var sum uint32
	for _, v := range things {
		sum += v.(*thing).value
	}
	return sum
}

func init() { totest.Export(toTest{}) }

func main() {}
