// Command leaf has a resource that keeps a number.
package main

import "example.com/interop/resources/leaf/wit/export/leaf/imports"

type y struct{ a int32 }

func (y *y) GetA() int32 { return y.a }

func (y *y) SetA(a int32) { y.a = a }

type theImports struct{}

func (theImports) NewY(a int32) imports.Y { return &y{a} }

func (theImports) YAdd(v imports.Y, a int32) imports.Y { return &y{v.GetA() + a} }

func init() { imports.Export(theImports{}) }

func main() {}
