// Command test takes and makes texts.
package main

import "example.com/interop/strings-simple/test/wit/export/test/cat"

type theCat struct{}

func (theCat) Foo(string) {}

func (theCat) Bar() string { return "world" }

func init() { cat.Export(theCat{}) }

func main() {}
