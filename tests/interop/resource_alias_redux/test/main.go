// Command test has a resource that three interfaces take and return.
package main

import (
	"example.com/interop/resource_alias_redux/test/wit/export/test/resource-alias-redux/resourcealias1"
	"example.com/interop/resource_alias_redux/test/wit/export/test/resource-alias-redux/resourcealias2"
	"example.com/interop/resource_alias_redux/test/wit/export/test/thetest"
)

type thing struct{ text string }

func (t *thing) Get() string { return t.text }

type first struct{}

func (first) NewThing(s string) resourcealias1.Thing { return &thing{s} }

func (first) A(f resourcealias1.Foo) []resourcealias1.Thing {
	return []resourcealias1.Thing{f.Thing}
}

type second struct{}

func (second) B(f resourcealias2.Foo, g resourcealias1.Foo) []resourcealias1.Thing {
	return []resourcealias1.Thing{f.Thing, g.Thing}
}

type third struct{}

func (third) Test(things []resourcealias1.Thing) []resourcealias1.Thing { return things }

func init() {
	resourcealias1.Export(first{})
	resourcealias2.Export(second{})
	thetest.Export(third{})
}

func main() {}
