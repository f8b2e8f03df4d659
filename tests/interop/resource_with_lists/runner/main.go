// Command runner gives lists to resources, and gets them back.
package main

import (
	"bytes"
	"fmt"

	"example.com/interop/resource_with_lists/runner/wit/export/runner"
	"example.com/interop/resource_with_lists/runner/wit/test/resource-with-lists/test"
)

type program struct{}

func (program) Run() {
	bystander := test.NewThing([]byte("bystander"))
	defer bystander.Close()
	before := bystander.Foo()
	for _, list := range [][]byte{nil, []byte("Hi"), {0, 0x80, 0xff}, bytes.Repeat([]byte("0123456789"), 20_000)} {
		thing := test.NewThing(list)
		has("foo of a new thing", thing.Foo(), list)
		for _, next := range [][]byte{[]byte("Hola"), nil, list} {
			thing.Bar(next)
			has("foo after bar", thing.Foo(), next)
		}
		has("baz", test.ThingBaz(list), list)
		if err := thing.Close(); err != nil {
			panic(fmt.Sprintf("closing a thing: %v", err))
		}
	}
	if after := bystander.Foo(); !bytes.Equal(after, before) {
		panic(fmt.Sprintf("foo of a thing that nobody touched: %q and then %q", before, after))
	}
}

// has expects the list in the answer, among what a thing may say of its own.
func has(what string, answer, list []byte) {
	if !bytes.Contains(answer, list) {
		panic(fmt.Sprintf("%s: there is no %.40q in %.40q", what, list, answer))
	}
}

func init() { runner.Export(program{}) }

func main() {}
