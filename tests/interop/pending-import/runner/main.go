package main

import (
	"context"
	"fmt"

	"example.com/interop/pending-import/runner/wit/export/runner"
	"example.com/interop/pending-import/runner/wit/my/test/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

func (program) Run(ctx context.Context) error {
	promise, x := wit.NewFuture(func() (struct{}, error) { panic("the promise was forgotten") })
	done := make(chan error, 1)
	go func() { done <- i.PendingImport(ctx, x) }()
	for range 5 {
		wit.Yield()
	}
	select {
	case err := <-done:
		panic(fmt.Sprintf("pending-import returned before its future had come: %v", err))
	default:
	}
	promise.Resolve(struct{}{})
	if err := <-done; err != nil {
		panic(fmt.Sprintf("pending-import: %v", err))
	}
	return nil
}
