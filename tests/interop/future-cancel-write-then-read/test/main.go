package main

import (
	"context"

	"example.com/interop/future-cancel-write-then-read/test/wit/export/a/b/thetest"
	"tenon.dev/go/wit"
)

func main() {}

func init() { thetest.Export(program{}) }

// program implements a:b/the-test.
type program struct{}

func (program) F(ctx context.Context, param *wit.Future[uint8]) error {
	defer param.Close()
	_, err := param.Await(ctx)
	return err
}
