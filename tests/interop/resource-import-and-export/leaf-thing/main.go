// Command leaf-thing has the resource that the others are about.
package main

import "example.com/interop/resource-import-and-export/leaf-thing/wit/export/test/resource-import-and-export/test"

type thing struct{ value uint32 }

func (t *thing) Foo() uint32 { return t.value }

func (t *thing) Bar(v uint32) { t.value = v }

type theTest struct{}

func (theTest) NewThing(v uint32) test.Thing { return &thing{v} }

func (theTest) ThingBaz(a, b test.Thing) test.Thing { return &thing{a.Foo() + b.Foo()} }

func init() { test.Export(theTest{}) }

func main() {}
