package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"example.com/interop/future-cancel-read/runner/wit/export/runner"
	"example.com/interop/future-cancel-read/runner/wit/my/test/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

func (program) Run(ctx context.Context) error {
	promise, x := wit.NewFuture(unresolved)
	expect("cancel-before-read", i.CancelBeforeRead(ctx, x), nil)
	expect("sending to cancel-before-read", promise.Send(ctx, 1), io.ErrClosedPipe)

	promise, x = wit.NewFuture(unresolved)
	expect("cancel-after-read", i.CancelAfterRead(ctx, x), nil)
	expect("closing the promise", promise.Close(), nil)

	promise, x = wit.NewFuture(unresolved)
	signal, y := wit.NewFuture(func() (struct{}, error) { panic("the signal was forgotten") })
	done := make(chan error, 1)
	go func() { done <- i.StartReadThenCancel(ctx, x, y) }()
	expect("sending the data", promise.Send(ctx, 4), nil)
	expect("sending the signal", signal.Send(ctx, struct{}{}), nil)
	expect("start-read-then-cancel", <-done, nil)
	return nil
}

func unresolved() (uint32, error) { return 0, nil }

// expect says what is wrong if err is not want.
func expect(what string, err, want error) {
	if !errors.Is(err, want) {
		panic(fmt.Sprintf("%s: %v, want %v", what, err, want))
	}
}
