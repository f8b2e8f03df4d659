package main

import (
	"context"
	"fmt"

	"example.com/interop/yield-loop-receives-events/runner/wit/export/runner"
	"example.com/interop/yield-loop-receives-events/runner/wit/test/common/irunner"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

func (program) Run(ctx context.Context) error {
	if err := irunner.F(ctx); err != nil {
		panic(fmt.Sprintf("f: %v", err))
	}
	return nil
}
