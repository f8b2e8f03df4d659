// Command leaf has two resources of the same name in two interfaces.
package main

import (
	"example.com/interop/resource_floats/leaf/wit/export/leaf/imports"
	"example.com/interop/resource_floats/leaf/wit/export/test/resource-floats/test"
)

type float float64

func (f float) Get() float64 { return float64(f) }

type theTest struct{}

func (theTest) NewFloat(v float64) test.Float { return float(v) }

type theImports struct{}

func (theImports) NewFloat(v float64) imports.Float { return float(v) }

func (theImports) FloatAdd(a imports.Float, b float64) imports.Float { return float(a.Get() + b) }

func init() {
	test.Export(theTest{})
	imports.Export(theImports{})
}

func main() {}
