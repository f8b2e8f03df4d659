package main

import (
	"context"
	"fmt"

	"example.com/interop/ping-pong/runner/wit/export/runner"
	"example.com/interop/ping-pong/runner/wit/my/test/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

func (program) Run(ctx context.Context) error {
	promise, x := wit.NewFuture(func() (string, error) { return "", nil })
	go promise.Resolve("hello")
	future, err := i.Ping(ctx, x, "world")
	check("ping", err)
	s, err := future.Await(ctx)
	check("ping's future", err)
	expect("ping", s, "helloworld")

	promise, x = wit.NewFuture(func() (string, error) { return "", nil })
	go promise.Resolve(s)
	s, err = i.Pong(ctx, x)
	check("pong", err)
	expect("pong", s, "helloworld")
	return nil
}

func check(what string, err error) {
	if err != nil {
		panic(fmt.Sprintf("%s: %v", what, err))
	}
}

func expect(what, got, want string) {
	if got != want {
		panic(fmt.Sprintf("%s: %q, want %q", what, got, want))
	}
}
