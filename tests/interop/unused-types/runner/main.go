// Command runner imports an interface with types that no function uses.
package main

import (
	"example.com/interop/unused-types/runner/wit/export/runner"
	"example.com/interop/unused-types/runner/wit/foo/bar/component"
)

type program struct{}

func (program) Run() { component.Foo() }

// The types are there nevertheless.
var _ = []component.UnusedVariant{
	component.UnusedVariantEnum{Value: component.UnusedEnumUnused},
	component.UnusedVariantRecord{Value: component.UnusedRecord{X: 1}},
}

func init() { runner.Export(program{}) }

func main() {}
