package main

import (
	"context"
	"fmt"
	"io"

	"example.com/interop/future-close-then-receive-read/runner/wit/a/b/thetest"
	"example.com/interop/future-close-then-receive-read/runner/wit/export/runner"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

func (program) Run(ctx context.Context) error {
	// The promise of a future that is with the other side is closed; the value
	// for that case arrives when the future has come back.
	unresolved := false
	promise, param := wit.NewFuture(func() (struct{}, error) {
		unresolved = true
		return struct{}{}, nil
	})
	thetest.Set(param)
	promise.Close()
	if _, err := thetest.Get().Await(ctx); err != nil || !unresolved {
		panic(fmt.Sprintf("a future whose promise was closed: %v", err))
	}

	// The future comes back and is closed before its promise.
	promise, param = wit.NewFuture(func() (struct{}, error) { return struct{}{}, nil })
	thetest.Set(param)
	check("closing the future", thetest.Get().Close())
	check("closing its promise", promise.Close())

	// Neither end ever leaves.
	promise, param = wit.NewFuture(func() (struct{}, error) { return struct{}{}, nil })
	check("closing a future at home", param.Close())
	if err := promise.Send(ctx, struct{}{}); err != io.ErrClosedPipe {
		panic(fmt.Sprintf("sending to a closed future: %v", err))
	}
	return nil
}

func check(what string, err error) {
	if err != nil {
		panic(fmt.Sprintf("%s: %v", what, err))
	}
}
