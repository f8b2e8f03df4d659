package main

import (
	"context"

	"example.com/interop/cancel-import/test/wit/export/my/test/i"
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

// release lets calls start again; nil when they may.
var release func()

func (program) BackpressureSet(x bool) {
	switch {
	case x && release == nil:
		release = wit.HoldTasks()
	case !x && release != nil:
		release()
		release = nil
	}
}
