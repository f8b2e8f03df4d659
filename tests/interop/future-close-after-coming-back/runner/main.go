package main

import (
	"context"
	"fmt"
	"io"

	"example.com/interop/future-close-after-coming-back/runner/wit/a/b/thetest"
	"example.com/interop/future-close-after-coming-back/runner/wit/export/runner"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

// Run closes a future of its own that was away. The promise notices.
func (program) Run(ctx context.Context) error {
	promise, param := wit.NewFuture(func() (struct{}, error) { panic("the promise was forgotten") })
	back := thetest.F(param)
	if err := back.Close(); err != nil {
		panic(fmt.Sprintf("closing the future that came back: %v", err))
	}
	if err := promise.Send(ctx, struct{}{}); err != io.ErrClosedPipe {
		panic(fmt.Sprintf("sending to a closed future: %v", err))
	}
	return promise.Close()
}
