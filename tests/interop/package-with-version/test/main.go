// Command test has a resource in a package of version 0.0.0.
package main

import "example.com/interop/package-with-version/test/wit/export/my/inline/v0.0.0/foo"

type bar struct{}

type theFoo struct{}

func (theFoo) NewBar() foo.Bar { return bar{} }

func init() { foo.Export(theFoo{}) }

func main() {}
