package main

import (
	"context"
	"fmt"

	"example.com/interop/future-write-then-read-comes-back/runner/wit/a/b/thetest"
	"example.com/interop/future-write-then-read-comes-back/runner/wit/export/runner"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

// Run awaits a future of its own that was away.
func (program) Run(ctx context.Context) error {
	promise, param := wit.NewFuture(func() (struct{}, error) { panic("the promise was forgotten") })
	promise.Resolve(struct{}{})
	back := thetest.F(param)
	defer back.Close()
	if _, err := back.Await(ctx); err != nil {
		panic(fmt.Sprintf("the future that came back: %v", err))
	}
	return nil
}
