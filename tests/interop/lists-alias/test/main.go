// Command test takes and makes lists by another name.
package main

import "example.com/interop/lists-alias/test/wit/export/test/cat"

type theCat struct{}

func (theCat) Foo(cat.MyList) {}

func (theCat) Bar() cat.MyList { return cat.MyList("world") }

func init() { cat.Export(theCat{}) }

func main() {}
