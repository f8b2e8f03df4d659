// Command test reads a resource that it is lent.
package main

import "example.com/interop/resource-borrow/test/wit/export/test/resource-borrow/totest"

type thing struct{ value uint32 }

type toTest struct{}

func (toTest) NewThing(v uint32) totest.Thing { return thing{v} }

func (toTest) Foo(v totest.Thing) uint32 { return v.(thing).value }

func init() { totest.Export(toTest{}) }

func main() {}
