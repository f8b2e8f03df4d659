package main

import (
	"context"
	"errors"
	"fmt"

	"example.com/interop/future-cancel-write-then-read/runner/wit/a/b/thetest"
	"example.com/interop/future-cancel-write-then-read/runner/wit/export/runner"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

// Run takes back what it offered, and then gives the promise up: what the
// reader gets is the value for that case.
func (program) Run(ctx context.Context) error {
	asked := 0
	promise, param := wit.NewFuture(func() (uint8, error) {
		asked++
		return 0, nil
	})
	cancelled, cancel := context.WithCancel(ctx)
	sent := make(chan error, 1)
	go func() { sent <- promise.Send(cancelled, 4) }()
	wit.Yield()
	cancel()
	expect("cancelled sending", <-sent, context.Canceled)
	expect("closing the promise", promise.Close(), nil)
	expect("f", thetest.F(ctx, param), nil)
	if asked != 1 {
		panic(fmt.Sprintf("the value for an unresolved promise was asked for %d times", asked))
	}

	// The same, with the future on the other side all the time.
	promise, param = wit.NewFuture(func() (uint8, error) { return 0, nil })
	done := make(chan error, 1)
	go func() { done <- thetest.F(ctx, param) }()
	wit.Yield()
	expect("sending", promise.Send(ctx, 4), nil)
	expect("f", <-done, nil)
	return nil
}

// expect says what is wrong if err is not want.
func expect(what string, err, want error) {
	if !errors.Is(err, want) {
		panic(fmt.Sprintf("%s: %v, want %v", what, err, want))
	}
}
