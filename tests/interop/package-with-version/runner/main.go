// Command runner makes resources of a package of version 0.0.0, and drops them.
package main

import (
	"fmt"

	"example.com/interop/package-with-version/runner/wit/export/runner"
	"example.com/interop/package-with-version/runner/wit/my/inline/v0.0.0/foo"
)

type program struct{}

func (program) Run() {
	bars := make([]*foo.Bar, 100)
	for i := range bars {
		bars[i] = foo.NewBar()
	}
	for _, bar := range bars {
		// Closing twice is harmless.
		for range 2 {
			if err := bar.Close(); err != nil {
				panic(fmt.Sprintf("closing a bar: %v", err))
			}
		}
	}
	// Nobody closes this one.
	foo.NewBar()
}

func init() { runner.Export(program{}) }

func main() {}
