// Command leaf has a resource that keeps a list.
package main

import (
	"bytes"

	"example.com/interop/resource_with_lists/leaf/wit/export/test/resource-with-lists/test"
)

type thing struct{ list []byte }

func (t *thing) Foo() []byte { return bytes.Clone(t.list) }

func (t *thing) Bar(l []byte) { t.list = l }

type theTest struct{}

func (theTest) NewThing(l []byte) test.Thing { return &thing{l} }

func (theTest) ThingBaz(l []byte) []byte { return l }

func init() { test.Export(theTest{}) }

func main() {}
