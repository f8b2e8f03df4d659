package main

import (
	"context"
	"fmt"

	"example.com/interop/simple-import-params-results/runner/wit/a/b/i"
	"example.com/interop/simple-import-params-results/runner/wit/export/runner"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

func (program) Run(ctx context.Context) error {
	check("one-argument", i.OneArgument(ctx, 1))
	v, err := i.OneResult(ctx)
	check("one-result", err)
	expect("one-result", v, 2)
	v, err = i.OneArgumentAndResult(ctx, 3)
	check("one-argument-and-result", err)
	expect("one-argument-and-result", v, 4)
	check("two-arguments", i.TwoArguments(ctx, 5, 6))
	v, err = i.TwoArgumentsAndResult(ctx, 7, 8)
	check("two-arguments-and-result", err)
	expect("two-arguments-and-result", v, 9)
	return nil
}

func check(what string, err error) {
	if err != nil {
		panic(fmt.Sprintf("%s: %v", what, err))
	}
}

func expect(what string, got, want uint32) {
	if got != want {
		panic(fmt.Sprintf("%s: %d, want %d", what, got, want))
	}
}
