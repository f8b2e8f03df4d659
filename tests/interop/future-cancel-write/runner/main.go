package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"example.com/interop/future-cancel-write/runner/wit/export/runner"
	"example.com/interop/future-cancel-write/runner/wit/my/test/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

func (program) Run(ctx context.Context) error {
	// The other side does not want the value.
	promise, x := wit.NewFuture(unresolved)
	sent := send(ctx, promise, "hello")
	i.TakeThenDrop(x)
	expect("sending to take-then-drop", <-sent, io.ErrClosedPipe)
	expect("sending once more", promise.Send(ctx, "again"), wit.ErrClosed)

	// Sending is cancelled: before it has begun, while the future is here, and
	// while it is on the other side. The promise is as good as new each time.
	promise, x = wit.NewFuture(unresolved)
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	expect("sending what is cancelled", promise.Send(cancelled, "hello2"), context.Canceled)
	cancelled, cancel = context.WithCancel(ctx)
	sent = send(cancelled, promise, "hello3")
	cancel()
	expect("cancelled sending", <-sent, context.Canceled)
	done := make(chan error, 1)
	sent = send(ctx, promise, "hello4")
	go func() { done <- i.ReadAndDrop(ctx, x) }()
	expect("sending to read-and-drop", <-sent, nil)
	expect("read-and-drop", <-done, nil)

	// The value has gone when sending is cancelled.
	promise, x = wit.NewFuture(unresolved)
	cancelled, cancel = context.WithCancel(ctx)
	sent = send(cancelled, promise, "hello5")
	expect("read-and-drop", i.ReadAndDrop(ctx, x), nil)
	wit.Yield()
	cancel()
	expect("sending that is cancelled too late", <-sent, nil)

	// The future is closed here, where it was made.
	promise, x = wit.NewFuture(unresolved)
	sent = send(ctx, promise, "hello6")
	expect("closing the future", x.Close(), nil)
	expect("sending to a closed future", <-sent, io.ErrClosedPipe)
	return nil
}

func unresolved() (string, error) { return "", nil }

// send begins to send s. The error of that will be in the channel.
func send(ctx context.Context, promise *wit.Promise[string], s string) <-chan error {
	sent := make(chan error, 1)
	go func() { sent <- promise.Send(ctx, s) }()
	wit.Yield()
	return sent
}

// expect says what is wrong if err is not want.
func expect(what string, err, want error) {
	if !errors.Is(err, want) {
		panic(fmt.Sprintf("%s: %v, want %v", what, err, want))
	}
}
