package main

import (
	"context"
	"fmt"

	"example.com/interop/future-closes-with-error/runner/wit/a/b/thetest"
	"example.com/interop/future-closes-with-error/runner/wit/export/runner"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

// Run gives up the promise before anybody waits for it: what the reader gets is
// the value for that case.
func (program) Run(ctx context.Context) error {
	unresolved := 0
	promise, param := wit.NewFuture(func() (struct{}, error) {
		unresolved++
		return struct{}{}, nil
	})
	promise.Close()
	if err := thetest.F(ctx, param); err != nil {
		panic(fmt.Sprintf("f: %v", err))
	}
	if unresolved != 1 {
		panic(fmt.Sprintf("the value for an unresolved promise was asked for %d times", unresolved))
	}
	return nil
}
