package main

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"example.com/interop/simple-stream-payload/test/wit/export/my/test/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { i.Export(program{}) }

// program implements my:test/i.
type program struct{}

// ReadStream takes 0, then 1 and 2 together, then 3 and 4 one by one, and closes
// the stream.
func (program) ReadStream(_ context.Context, x *wit.ByteReader) error {
	defer x.Close()
	for _, want := range [][]byte{{0}, {1, 2}, {3}, {4}} {
		got := make([]byte, len(want))
		if _, err := io.ReadFull(x, got); err != nil || !bytes.Equal(got, want) {
			panic(fmt.Sprintf("read %v, %v, want %v", got, err, want))
		}
	}
	return nil
}
