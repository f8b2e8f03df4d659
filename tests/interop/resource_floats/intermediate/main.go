// Command intermediate imports two resources and exports a third, all of the
// same name.
package main

import (
	"example.com/interop/resource_floats/intermediate/wit/export/intermediate"
	"example.com/interop/resource_floats/intermediate/wit/export/intermediate/exports"
	"example.com/interop/resource_floats/intermediate/wit/intermediate/imports"
	"example.com/interop/resource_floats/intermediate/wit/test/resource-floats/test"
)

// float keeps an imported float.
type float struct{ inner *imports.Float }

func (f *float) Get() float64 { return f.inner.Get() }

// Close drops the float inside when the one outside is dropped.
func (f *float) Close() error { return f.inner.Close() }

type theExports struct{}

func (theExports) NewFloat(v float64) exports.Float { return &float{imports.NewFloat(v)} }

func (theExports) FloatAdd(a exports.Float, b float64) exports.Float {
	return &float{imports.FloatAdd(a.(*float).inner, b)}
}

type world struct{}

func (world) Add(a, b *test.Float) *test.Float { return test.NewFloat(a.Get() + b.Get()) }

func init() {
	exports.Export(theExports{})
	intermediate.Export(world{})
}

func main() {}
