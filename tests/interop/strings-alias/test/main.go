// Command test takes and makes texts by another name.
package main

import "example.com/interop/strings-alias/test/wit/export/test/cat"

type theCat struct{}

func (theCat) Foo(cat.MyString) {}

func (theCat) Bar() cat.MyString { return "world" }

func init() { cat.Export(theCat{}) }

func main() {}
