// Command intermediate imports and exports the same interface: each of its
// things keeps one of those that it imports.
package main

import (
	"example.com/interop/resource-import-and-export/intermediate/wit/export/intermediate"
	exported "example.com/interop/resource-import-and-export/intermediate/wit/export/test/resource-import-and-export/test"
	toplevel "example.com/interop/resource-import-and-export/intermediate/wit/intermediate"
	imported "example.com/interop/resource-import-and-export/intermediate/wit/test/resource-import-and-export/test"
)

type thing struct{ inner *imported.Thing }

func (t *thing) Foo() uint32 { return t.inner.Foo() }

func (t *thing) Bar(v uint32) { t.inner.Bar(v) }

// Close drops the thing inside when the one outside is dropped.
func (t *thing) Close() error { return t.inner.Close() }

type theTest struct{}

func (theTest) NewThing(v uint32) exported.Thing { return &thing{imported.NewThing(v)} }

func (theTest) ThingBaz(a, b exported.Thing) exported.Thing {
	return &thing{imported.ThingBaz(a.(*thing).inner, b.(*thing).inner)}
}

type world struct{}

func (world) ToplevelExport(a *imported.Thing) *imported.Thing { return toplevel.ToplevelImport(a) }

func init() {
	exported.Export(theTest{})
	intermediate.Export(world{})
}

func main() {}
