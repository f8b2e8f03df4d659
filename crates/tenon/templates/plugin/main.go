// Command PROJECT is a plugin: a WebAssembly component with an interface of
// its own, wit/world.wit.
package main

import (
	"example.com/project-name/wit/export/my/greeting/greeter"
	"tenon.dev/go/wit"
)

func init() { greeter.Export(plugin{}) }

// main is not run: the component's host calls what was exported.
func main() {}

// plugin implements the interface greeter.
type plugin struct{}

var _ greeter.Greeter = plugin{}

func (plugin) Greet(name string) string { return "Hello, " + name + "!" }

func (p plugin) GreetAll(names []string) ([]string, error) {
	if len(names) == 0 {
		return nil, &wit.Error[string]{Value: "there is nobody to greet"}
	}
	greetings := make([]string, len(names))
	for i, name := range names {
		greetings[i] = p.Greet(name)
	}
	return greetings, nil
}
