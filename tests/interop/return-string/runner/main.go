package main

import (
	"context"
	"fmt"

	"example.com/interop/return-string/runner/wit/export/runner"
	"example.com/interop/return-string/runner/wit/my/test/i"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

// Run calls often enough for a string that is lost to be noticed.
func (program) Run(ctx context.Context) error {
	first := call(ctx)
	for range 100 {
		if s := call(ctx); s != first {
			panic(fmt.Sprintf("return-string: %q at first, then %q", first, s))
		}
	}
	return nil
}

func call(ctx context.Context) string {
	s, err := i.ReturnString(ctx)
	if err != nil || s == "" {
		panic(fmt.Sprintf("return-string: %q, %v", s, err))
	}
	return s
}
