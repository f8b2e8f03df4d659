package main

import (
	"context"
	"fmt"

	"example.com/interop/yield-loop-receives-events/middle/wit/export/test/common/irunner"
	"example.com/interop/yield-loop-receives-events/middle/wit/test/common/imiddle"
	"tenon.dev/go/wit"
)

func main() {}

func init() { irunner.Export(program{}) }

// program implements test:common/i-runner.
type program struct{}

// F yields until a call that goes on next to it has ended: the call's event must
// arrive although F never waits.
func (program) F(ctx context.Context) error {
	hit := false
	go func() {
		if err := imiddle.F(ctx); err != nil {
			panic(fmt.Sprintf("i-middle's f: %v", err))
		}
		hit = true
	}()
	for !hit {
		wit.Yield()
	}
	return nil
}
