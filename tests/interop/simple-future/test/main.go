package main

import (
	"context"

	"example.com/interop/simple-future/test/wit/export/my/test/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { i.Export(program{}) }

// program implements my:test/i.
type program struct{}

func (program) ReadFuture(ctx context.Context, x *wit.Future[struct{}]) error {
	defer x.Close()
	_, err := x.Await(ctx)
	return err
}

func (program) DropFuture(_ context.Context, x *wit.Future[struct{}]) error { return x.Close() }
