// Command test copies things that it is lent inside of records.
package main

import "example.com/interop/resource_borrow_in_record/test/wit/export/test/resource-borrow-in-record/totest"

type thing struct{ text string }

func (t *thing) Get() string { return t.text }

type toTest struct{}

func (toTest) NewThing(s string) totest.Thing { return &thing{s} }

func (toTest) Test(a []totest.Foo) []totest.Thing {
	copies := make([]totest.Thing, len(a))
	for i, foo := range a {
		copies[i] = &thing{foo.Thing.Get()}
	}
	return copies
}

func init() { totest.Export(toTest{}) }

func main() {}
