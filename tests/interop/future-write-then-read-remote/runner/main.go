package main

import (
	"context"
	"fmt"

	"example.com/interop/future-write-then-read-remote/runner/wit/a/b/thetest"
	"example.com/interop/future-write-then-read-remote/runner/wit/export/runner"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

// Run resolves the promise before the other side has the future.
func (program) Run(ctx context.Context) error {
	promise, param := wit.NewFuture(func() (struct{}, error) { panic("the promise was forgotten") })
	if !promise.Resolve(struct{}{}) {
		panic("a new promise is resolved")
	}
	if err := thetest.F(ctx, param); err != nil {
		panic(fmt.Sprintf("f: %v", err))
	}
	return nil
}
