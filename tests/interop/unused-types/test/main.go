// Command test exports an interface with types that no function uses.
package main

import "example.com/interop/unused-types/test/wit/export/foo/bar/component"

type theComponent struct{}

func (theComponent) Foo() {}

// The types are there nevertheless.
var _ = []component.UnusedVariant{
	component.UnusedVariantEnum{Value: component.UnusedEnumUnused},
	component.UnusedVariantRecord{Value: component.UnusedRecord{X: 1}},
}

func init() { component.Export(theComponent{}) }

func main() {}
