package main

import (
	"bufio"
	"context"
	"fmt"
	"io"

	"example.com/interop/stream-to-futures-stream/test/wit/export/my/test/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { i.Export(program{}) }

// program implements my:test/i.
type program struct{}

// ReadStream reads the stream to its end through one of the standard library's
// readers.
func (program) ReadStream(_ context.Context, x *wit.ByteReader) error {
	defer x.Close()
	r := bufio.NewReader(x)
	for _, want := range []byte{10, 20, 30} {
		if got, err := r.ReadByte(); got != want || err != nil {
			panic(fmt.Sprintf("read %d, %v, want %d", got, err, want))
		}
	}
	if _, err := r.ReadByte(); err != io.EOF {
		panic(fmt.Sprintf("at the end of the stream: %v", err))
	}
	return nil
}
