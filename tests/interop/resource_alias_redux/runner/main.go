// Command runner passes a resource through the three interfaces that know it.
package main

import (
	"fmt"
	"strings"

	"example.com/interop/resource_alias_redux/runner/wit/export/runner"
	"example.com/interop/resource_alias_redux/runner/wit/runner/thetest"
	"example.com/interop/resource_alias_redux/runner/wit/test/resource-alias-redux/resourcealias1"
	"example.com/interop/resource_alias_redux/runner/wit/test/resource-alias-redux/resourcealias2"
)

type program struct{}

func (program) Run() {
	for _, text := range []string{"Ni Hao", "", "\u4f60\u597d \U0001F680", strings.Repeat("long ", 10_000)} {
		mine := resourcealias1.NewThing(text)
		check("a new thing", mine, text)
		for _, thing := range resourcealias1.A(resourcealias1.Foo{Thing: mine}) {
			check("a thing of a", thing, text)
		}
		gone("a", mine)
	}

	ciao, bonjour := resourcealias1.NewThing("Ciao"), resourcealias1.NewThing("Bonjour")
	for _, thing := range resourcealias2.B(resourcealias2.Foo{Thing: ciao}, resourcealias1.Foo{Thing: bonjour}) {
		check("a thing of b", thing, "")
	}
	gone("b", ciao)
	gone("b", bonjour)

	for n := range 20 {
		list := make([]*resourcealias1.Thing, n)
		for i := range list {
			list[i] = resourcealias1.NewThing(fmt.Sprint("thing ", i))
		}
		for _, thing := range thetest.Test(list) {
			check("a thing of test", thing, "")
		}
		for _, thing := range list {
			gone("test", thing)
		}
	}
}

// check expects the text that the thing was made with in what it says, and
// drops it.
func check(what string, thing *resourcealias1.Thing, text string) {
	first, second := thing.Get(), thing.Get()
	if first != second || !strings.Contains(first, text) {
		panic(fmt.Sprintf("%s of %.40q: %.40q and then %.40q", what, text, first, second))
	}
	if what == "a new thing" {
		return
	}
	if err := thing.Close(); err != nil {
		panic(fmt.Sprintf("closing %s: %v", what, err))
	}
}

// gone fails if a thing that was given away can still be used.
func gone(to string, thing *resourcealias1.Thing) {
	defer func() {
		if recover() == nil {
			panic("a thing that was given to " + to + " is still here")
		}
	}()
	thing.Get()
}

func init() { runner.Export(program{}) }

func main() {}
