// Command runner passes resources inside of every other type, given and lent.
package main

import (
	"fmt"

	"example.com/interop/resource_aggregates/runner/wit/export/runner"
	"example.com/interop/resource_aggregates/runner/wit/test/resource-aggregates/totest"
	"tenon.dev/go/wit"
)

// count is how many things a call takes.
const count = 17

// given are the things that a call keeps; the others are lent to it.
var given = map[int]bool{0: true, 3: true, 4: true, 5: true, 7: true, 9: true, 10: true, 13: true, 15: true}

type program struct{}

func (program) Run() {
	var values [count]uint32
	for i := range values {
		values[i] = uint32(i) * 10
	}
	first := call(values)
	if again := call(values); again != first {
		panic(fmt.Sprintf("foo of equal things: %d and then %d", first, again))
	}
	// Every thing counts.
	for i := range values {
		changed := values
		changed[i] += 1000
		if call(changed) == first {
			panic(fmt.Sprintf("foo does not depend on thing %d", i))
		}
	}
	nothing()
}

// call makes things of the values, and passes them. What is lent is still
// there, what is given is not.
func call(values [count]uint32) uint32 {
	var t [count]*totest.Thing
	for i, value := range values {
		t[i] = totest.NewThing(value)
	}
	result := totest.Foo(
		totest.R1{Thing: t[0]},
		totest.R2{Thing: t[1]},
		totest.R3{Thing1: t[2], Thing2: t[3]},
		totest.T1{F0: t[4], F1: totest.R1{Thing: t[5]}},
		totest.T2{F0: t[6]},
		totest.V1Thing{Value: t[7]},
		totest.V2Thing{Value: t[8]},
		totest.L1{t[9], t[10]},
		totest.L2{t[11], t[12]},
		wit.Some(t[13]),
		wit.Some(t[14]),
		wit.Ok[*totest.Thing, struct{}](t[15]),
		wit.Ok[*totest.Thing, struct{}](t[16]),
	)
	for i, thing := range t {
		if here := isHere(thing); here == given[i] {
			panic(fmt.Sprintf("thing %d is still here: %v", i, here))
		}
		if err := thing.Close(); err != nil {
			panic(fmt.Sprintf("closing thing %d: %v", i, err))
		}
	}
	return result
}

// isHere finds out whether a thing can be lent: another call gets it in all
// places that take one on loan.
func isHere(thing *totest.Thing) (here bool) {
	defer func() { here = recover() == nil }()
	lend(thing)
	return
}

func lend(thing *totest.Thing) {
	none, failed := wit.None[*totest.Thing](), wit.Err[*totest.Thing](struct{}{})
	totest.Foo(
		totest.R1{Thing: totest.NewThing(0)},
		totest.R2{Thing: thing},
		totest.R3{Thing1: thing, Thing2: totest.NewThing(0)},
		totest.T1{F0: totest.NewThing(0), F1: totest.R1{Thing: totest.NewThing(0)}},
		totest.T2{F0: thing},
		totest.V1Thing{Value: totest.NewThing(0)},
		totest.V2Thing{Value: thing},
		nil,
		totest.L2{thing, thing, thing},
		none,
		wit.Some(thing),
		failed,
		wit.Ok[*totest.Thing, struct{}](thing),
	)
}

// nothing passes as few things as the types allow.
func nothing() {
	lent := totest.NewThing(1)
	defer lent.Close()
	none, failed := wit.None[*totest.Thing](), wit.Err[*totest.Thing](struct{}{})
	totest.Foo(
		totest.R1{Thing: totest.NewThing(0)},
		totest.R2{Thing: lent},
		totest.R3{Thing1: lent, Thing2: totest.NewThing(0)},
		totest.T1{F0: totest.NewThing(0), F1: totest.R1{Thing: totest.NewThing(0)}},
		totest.T2{F0: lent},
		totest.V1Thing{Value: totest.NewThing(0)},
		totest.V2Thing{Value: lent},
		nil, nil, none, none, failed, failed,
	)
}

func init() { runner.Export(program{}) }

func main() {}
