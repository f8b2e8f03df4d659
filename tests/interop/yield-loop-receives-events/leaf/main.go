package main

import (
	"context"

	"example.com/interop/yield-loop-receives-events/leaf/wit/export/test/common/imiddle"
	"tenon.dev/go/wit"
)

func main() {}

func init() { imiddle.Export(program{}) }

// program implements test:common/i-middle.
type program struct{}

func (program) F(context.Context) error {
	for range 2 {
		wit.Yield()
	}
	return nil
}
