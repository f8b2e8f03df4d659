package main

import (
	"context"
	"fmt"

	"example.com/interop/simple-import-params-results/test/wit/export/a/b/i"
)

func main() {}

func init() { i.Export(program{}) }

// program implements a:b/i, with the values that its callers agree on.
type program struct{}

func (program) OneArgument(_ context.Context, x uint32) error {
	expect("one-argument", x, 1)
	return nil
}

func (program) OneResult(context.Context) (uint32, error) { return 2, nil }

func (program) OneArgumentAndResult(_ context.Context, x uint32) (uint32, error) {
	expect("one-argument-and-result", x, 3)
	return 4, nil
}

func (program) TwoArguments(_ context.Context, x, y uint32) error {
	expect("two-arguments, x", x, 5)
	expect("two-arguments, y", y, 6)
	return nil
}

func (program) TwoArgumentsAndResult(_ context.Context, x, y uint32) (uint32, error) {
	expect("two-arguments-and-result, x", x, 7)
	expect("two-arguments-and-result, y", y, 8)
	return 9, nil
}

func expect(what string, got, want uint32) {
	if got != want {
		panic(fmt.Sprintf("%s: %d, want %d", what, got, want))
	}
}
