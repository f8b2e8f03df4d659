package main

import (
	"context"
	"fmt"

	"example.com/interop/stream-to-futures-stream/runner/wit/export/runner"
	"example.com/interop/stream-to-futures-stream/runner/wit/my/test/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

func (program) Run(ctx context.Context) error {
	w, x := wit.NewByteStream()
	done := make(chan error, 1)
	go func() { done <- i.ReadStream(ctx, x) }()
	if n, err := w.Write([]byte{10, 20, 30}); n != 3 || err != nil {
		panic(fmt.Sprintf("writing: %d, %v", n, err))
	}
	if err := w.Close(); err != nil {
		panic(fmt.Sprintf("closing: %v", err))
	}
	if err := <-done; err != nil {
		panic(fmt.Sprintf("read-stream: %v", err))
	}
	return nil
}
