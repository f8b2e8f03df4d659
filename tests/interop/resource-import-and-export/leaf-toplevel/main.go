// Command leaf-toplevel returns the resource of somebody else that it is given.
package main

import (
	"example.com/interop/resource-import-and-export/leaf-toplevel/wit/export/leaftoplevel"
	"example.com/interop/resource-import-and-export/leaf-toplevel/wit/test/resource-import-and-export/test"
)

type toplevel struct{}

func (toplevel) ToplevelExport(a *test.Thing) *test.Thing { return a }

func init() { leaftoplevel.Export(toplevel{}) }

func main() {}
