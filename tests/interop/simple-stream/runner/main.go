package main

import (
	"context"
	"fmt"
	"io"

	"example.com/interop/simple-stream/runner/wit/export/runner"
	"example.com/interop/simple-stream/runner/wit/my/test/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

// Run writes one item, two, and then two that the reader does not want.
func (program) Run(ctx context.Context) error {
	w, x := wit.NewStream[struct{}]()
	done := make(chan error, 1)
	go func() { done <- i.ReadStream(ctx, x) }()
	for _, count := range []int{1, 2} {
		if n, err := w.Write(make([]struct{}, count)); n != count || err != nil {
			panic(fmt.Sprintf("writing %d items: %d, %v", count, n, err))
		}
	}
	if n, err := w.Write(make([]struct{}, 2)); n != 0 || err != io.ErrClosedPipe {
		panic(fmt.Sprintf("writing to a reader that has closed: %d, %v", n, err))
	}
	if err := <-done; err != nil {
		panic(fmt.Sprintf("read-stream: %v", err))
	}
	return w.Close()
}
