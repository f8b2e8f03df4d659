package main

import (
	"context"
	"errors"
	"fmt"

	"example.com/interop/future-cancel-read/test/wit/export/my/test/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { i.Export(program{}) }

// program implements my:test/i.
type program struct{}

// CancelBeforeRead gives up before it has begun to wait for x.
func (program) CancelBeforeRead(ctx context.Context, x *wit.Future[uint32]) error {
	defer x.Close()
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := x.Await(ctx); !errors.Is(err, context.Canceled) {
		panic(fmt.Sprintf("awaiting what is cancelled: %v", err))
	}
	return nil
}

// CancelAfterRead gives up waiting for x.
func (program) CancelAfterRead(ctx context.Context, x *wit.Future[uint32]) error {
	defer x.Close()
	ctx, cancel := context.WithCancel(ctx)
	read := start(ctx, x)
	cancel()
	if err := <-read; !errors.Is(err, context.Canceled) {
		panic(fmt.Sprintf("a cancelled read: %v", err))
	}
	return nil
}

// StartReadThenCancel gives up waiting for data when signal has come. The data
// may have come before.
func (program) StartReadThenCancel(ctx context.Context, data *wit.Future[uint32], signal *wit.Future[struct{}]) error {
	defer data.Close()
	defer signal.Close()
	reading, cancel := context.WithCancel(ctx)
	read := start(reading, data)
	if _, err := signal.Await(ctx); err != nil {
		cancel()
		return err
	}
	cancel()
	if err := <-read; err != nil && !errors.Is(err, context.Canceled) {
		panic(fmt.Sprintf("a read that was cancelled late: %v", err))
	}
	return nil
}

// start begins to wait for x. The error of that will be in the channel.
func start(ctx context.Context, x *wit.Future[uint32]) <-chan error {
	read := make(chan error, 1)
	go func() {
		_, err := x.Await(ctx)
		read <- err
	}()
	wit.Yield()
	return read
}
