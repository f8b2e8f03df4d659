package main

import (
	"context"

	"example.com/interop/ping-pong/test/wit/export/my/test/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { i.Export(program{}) }

// program implements my:test/i.
type program struct{}

// Ping promises x followed by y.
func (program) Ping(ctx context.Context, x *wit.Future[string], y string) (*wit.Future[string], error) {
	s, err := x.Await(ctx)
	if err != nil {
		return nil, err
	}
	return wit.Resolved(s+y, nil), nil
}

func (program) Pong(ctx context.Context, x *wit.Future[string]) (string, error) {
	return x.Await(ctx)
}
