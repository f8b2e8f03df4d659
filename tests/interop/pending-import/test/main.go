package main

import (
	"context"

	"example.com/interop/pending-import/test/wit/export/my/test/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { i.Export(program{}) }

// program implements my:test/i.
type program struct{}

// PendingImport returns when x has come.
func (program) PendingImport(ctx context.Context, x *wit.Future[struct{}]) error {
	defer x.Close()
	_, err := x.Await(ctx)
	return err
}
