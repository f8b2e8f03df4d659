package main

import (
	"context"
	"fmt"
	"io"

	"example.com/interop/simple-stream-payload/runner/wit/export/runner"
	"example.com/interop/simple-stream-payload/runner/wit/my/test/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

// Run writes bytes in portions that are not the reader's, and then one that the
// reader does not want.
func (program) Run(ctx context.Context) error {
	w, x := wit.NewByteStream()
	done := make(chan error, 1)
	go func() { done <- i.ReadStream(ctx, x) }()
	for _, data := range [][]byte{{0}, {1, 2}, {3, 4}} {
		if n, err := w.Write(data); n != len(data) || err != nil {
			panic(fmt.Sprintf("writing %v: %d, %v", data, n, err))
		}
	}
	if n, err := w.Write([]byte{0}); n != 0 || err != io.ErrClosedPipe {
		panic(fmt.Sprintf("writing to a reader that has closed: %d, %v", n, err))
	}
	if err := <-done; err != nil {
		panic(fmt.Sprintf("read-stream: %v", err))
	}
	return w.Close()
}
