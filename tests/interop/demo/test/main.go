// Command test has a function that does nothing.
package main

import "example.com/interop/demo/test/wit/export/a/b/thetest"

type theTest struct{}

func (theTest) X() {}

func init() { thetest.Export(theTest{}) }

func main() {}
