package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"example.com/interop/cancel-import/runner/wit/export/runner"
	"example.com/interop/cancel-import/runner/wit/my/test/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

func (program) Run(ctx context.Context) error {
	// A call is cancelled while it is under way.
	c := begin(ctx)
	c.cancel()
	expect("a cancelled call", <-c.done, context.Canceled)
	expect("sending to it", c.promise.Send(ctx, struct{}{}), io.ErrClosedPipe)

	// A call is cancelled before it is made.
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	promise, x := wit.NewFuture(unresolved)
	expect("a call that is cancelled before", i.PendingImport(cancelled, x), context.Canceled)
	x.Close()
	expect("sending to it", promise.Send(ctx, struct{}{}), io.ErrClosedPipe)

	// One call has started and one has not when they are cancelled. What the
	// latter was to get is ours again.
	started := begin(ctx)
	i.BackpressureSet(true)
	starting := begin(ctx)
	starting.cancel()
	expect("a call that is cancelled before it starts", <-starting.done, context.Canceled)
	starting.x.Close()
	started.cancel()
	expect("a cancelled call", <-started.done, context.Canceled)
	i.BackpressureSet(false)
	expect("sending to a call that has started", started.promise.Send(ctx, struct{}{}), io.ErrClosedPipe)
	expect("sending to a call that has not", starting.promise.Send(ctx, struct{}{}), io.ErrClosedPipe)

	// The cancellation comes when the call has returned.
	c = begin(ctx)
	expect("sending to a call", c.promise.Send(ctx, struct{}{}), nil)
	for range 5 {
		wit.Yield()
	}
	c.cancel()
	expect("a call that is cancelled too late", <-c.done, nil)

	// The cancellation comes when the call has just been let in.
	started = begin(ctx)
	i.BackpressureSet(true)
	starting = begin(ctx)
	i.BackpressureSet(false)
	for range 5 {
		wit.Yield()
	}
	starting.cancel()
	expect("a call that is cancelled as it starts", <-starting.done, context.Canceled)
	expect("sending to it", starting.promise.Send(ctx, struct{}{}), io.ErrClosedPipe)
	expect("sending to the other", started.promise.Send(ctx, struct{}{}), nil)
	expect("the other call", <-started.done, nil)
	return nil
}

func unresolved() (struct{}, error) { return struct{}{}, nil }

// A call is one of pending-import.
type call struct {
	promise *wit.Promise[struct{}]
	x       *wit.Future[struct{}]
	cancel  context.CancelFunc
	done    chan error
}

// begin makes a call and lets it come as far as it can.
func begin(ctx context.Context) *call {
	c := &call{done: make(chan error, 1)}
	c.promise, c.x = wit.NewFuture(unresolved)
	ctx, c.cancel = context.WithCancel(ctx)
	go func() { c.done <- i.PendingImport(ctx, c.x) }()
	for range 3 {
		wit.Yield()
	}
	return c
}

// expect says what is wrong if err is not want.
func expect(what string, err, want error) {
	if !errors.Is(err, want) {
		panic(fmt.Sprintf("%s: %v, want %v", what, err, want))
	}
}
