package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"example.com/interop/simple-future/runner/wit/export/runner"
	"example.com/interop/simple-future/runner/wit/my/test/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

func (program) Run(ctx context.Context) error {
	expect("read-future", sendTo(ctx, i.ReadFuture), nil)
	expect("drop-future", sendTo(ctx, i.DropFuture), io.ErrClosedPipe)
	return nil
}

// sendTo calls f with a future, and is what sending its value gives.
func sendTo(ctx context.Context, f func(context.Context, *wit.Future[struct{}]) error) error {
	promise, x := wit.NewFuture(func() (struct{}, error) { panic("the promise was forgotten") })
	sent := make(chan error, 1)
	go func() { sent <- promise.Send(ctx, struct{}{}) }()
	expect("the call", f(ctx, x), nil)
	return <-sent
}

// expect says what is wrong if err is not want.
func expect(what string, err, want error) {
	if !errors.Is(err, want) {
		panic(fmt.Sprintf("%s: %v, want %v", what, err, want))
	}
}
