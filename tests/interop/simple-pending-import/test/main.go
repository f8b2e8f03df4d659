package main

import (
	"context"

	"example.com/interop/simple-pending-import/test/wit/export/a/b/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { i.Export(program{}) }

// program implements a:b/i.
type program struct{}

// F does not return before the host has had a few turns.
func (program) F(context.Context) error {
	for range 5 {
		wit.Yield()
	}
	return nil
}
