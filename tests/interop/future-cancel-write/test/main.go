package main

import (
	"context"

	"example.com/interop/future-cancel-write/test/wit/export/my/test/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { i.Export(program{}) }

// program implements my:test/i.
type program struct{}

// TakeThenDrop never looks at x.
func (program) TakeThenDrop(x *wit.Future[string]) { x.Close() }

func (program) ReadAndDrop(ctx context.Context, x *wit.Future[string]) error {
	defer x.Close()
	_, err := x.Await(ctx)
	return err
}
