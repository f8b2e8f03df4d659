package main

import (
	"context"

	"example.com/interop/simple-call-import/test/wit/export/a/b/i"
)

func main() {}

func init() { i.Export(program{}) }

// program implements a:b/i.
type program struct{}

func (program) F(context.Context) error { return nil }
