package main

import (
	"context"
	"fmt"

	"example.com/interop/simple-stream/test/wit/export/my/test/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { i.Export(program{}) }

// program implements my:test/i.
type program struct{}

// ReadStream takes one item, then two, and closes the stream.
func (program) ReadStream(ctx context.Context, x *wit.StreamReader[struct{}]) error {
	defer x.Close()
	for _, want := range []int{1, 2} {
		for got := 0; got < want; {
			n, err := x.ReadContext(ctx, make([]struct{}, want-got))
			if err != nil {
				panic(fmt.Sprintf("reading %d items: %v after %d", want, err, got))
			}
			got += n
		}
	}
	return nil
}
