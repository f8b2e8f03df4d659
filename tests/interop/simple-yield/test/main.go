package main

import (
	"context"

	"example.com/interop/simple-yield/test/wit/export/a/b/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { i.Export(program{}) }

// program implements a:b/i.
type program struct{}

func (program) F(context.Context) error {
	wit.Yield()
	return nil
}
