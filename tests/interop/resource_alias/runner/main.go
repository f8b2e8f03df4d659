// Command runner passes a resource to two interfaces that know it, each by its
// own name.
package main

import (
	"fmt"

	"example.com/interop/resource_alias/runner/wit/export/runner"
	"example.com/interop/resource_alias/runner/wit/test/resource-alias/e1"
	"example.com/interop/resource_alias/runner/wit/test/resource-alias/e2"
)

type program struct{}

func (program) Run() {
	for round := range uint32(50) {
		closeAll(e1.A(e1.Foo{X: e1.NewX(round)}))

		given, renamed, lent := e1.NewX(5), e1.NewX(6), e1.NewX(7)
		got := e2.A(e2.Foo{X: given}, e1.Foo{X: renamed}, lent)
		for i, x := range got {
			// What comes from one interface is good for the other.
			if i%2 == 0 {
				closeAll(e1.A(e1.Foo{X: x}))
			} else {
				closeAll(e2.A(e2.Foo{X: x}, e1.Foo{X: e1.NewX(8)}, lent))
			}
		}
		if !panics(func() { e1.A(e1.Foo{X: given}) }) || !panics(func() { e1.A(e1.Foo{X: renamed}) }) {
			panic("what was given away is still here")
		}
		if err := lent.Close(); err != nil {
			panic(fmt.Sprintf("closing what was lent: %v", err))
		}
	}
}

func closeAll(list []*e1.X) {
	for i, x := range list {
		if err := x.Close(); err != nil {
			panic(fmt.Sprintf("closing number %d of %d: %v", i, len(list), err))
		}
	}
}

func panics(f func()) (panicked bool) {
	defer func() { panicked = recover() != nil }()
	f()
	return
}

func init() { runner.Export(program{}) }

func main() {}
