// Command test has a resource that two interfaces know, each by its own name.
package main

import (
	"example.com/interop/resource_alias/test/wit/export/test/resource-alias/e1"
	"example.com/interop/resource_alias/test/wit/export/test/resource-alias/e2"
)

type x struct{ value uint32 }

type first struct{}

func (first) NewX(v uint32) e1.X { return &x{v} }

func (first) A(f e1.Foo) []e1.X { return []e1.X{f.X} }

type second struct{}

func (second) A(f e2.Foo, g e1.Foo, h e1.X) []e1.X {
	_ = h.(*x).value
	return []e1.X{f.X, g.X}
}

func init() {
	e1.Export(first{})
	e2.Export(second{})
}

func main() {}
