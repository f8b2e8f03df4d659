// Command resource-with-lists imports and exports the same interface: each of
// its things keeps one of those that it imports.
package main

import (
	exported "example.com/interop/resource_with_lists/resource-with-lists/wit/export/test/resource-with-lists/test"
	imported "example.com/interop/resource_with_lists/resource-with-lists/wit/test/resource-with-lists/test"
)

type thing struct{ inner *imported.Thing }

func (t *thing) Foo() []byte { return t.inner.Foo() }

func (t *thing) Bar(l []byte) { t.inner.Bar(l) }

// Close drops the thing inside when the one outside is dropped.
func (t *thing) Close() error { return t.inner.Close() }

type theTest struct{}

func (theTest) NewThing(l []byte) exported.Thing { return &thing{imported.NewThing(l)} }

func (theTest) ThingBaz(l []byte) []byte { return imported.ThingBaz(l) }

func init() { exported.Export(theTest{}) }

func main() {}
