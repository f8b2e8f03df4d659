// Command test exports functions of the same names in several interfaces.
package main

import (
	"example.com/interop/symbol-conflicts/test/wit/export/my/inline/bar1"
	"example.com/interop/symbol-conflicts/test/wit/export/my/inline/bar2"
	"example.com/interop/symbol-conflicts/test/wit/export/my/inline/foo1"
	"example.com/interop/symbol-conflicts/test/wit/export/my/inline/foo2"
)

type foo struct{}

func (foo) Foo() {}

type bar string

func (b bar) Bar() string { return string(b) }

func init() {
	foo1.Export(foo{})
	foo2.Export(foo{})
	bar1.Export(bar("bar1"))
	bar2.Export(bar("bar2"))
}

func main() {}
