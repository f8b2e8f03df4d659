package main

import (
	"context"
	"fmt"

	"example.com/interop/simple-call-import/runner/wit/a/b/i"
	"example.com/interop/simple-call-import/runner/wit/export/runner"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

func (program) Run(ctx context.Context) error {
	if err := i.F(ctx); err != nil {
		panic(fmt.Sprintf("f: %v", err))
	}
	return nil
}
