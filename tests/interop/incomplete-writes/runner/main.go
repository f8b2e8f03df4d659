package main

import (
	"context"
	"fmt"
	"io"

	"example.com/interop/incomplete-writes/runner/wit/export/runner"
	"example.com/interop/incomplete-writes/runner/wit/my/test/leafinterface"
	"example.com/interop/incomplete-writes/runner/wit/my/test/testinterface"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

func (program) Run(ctx context.Context) error {
	shortReads(ctx, testinterface.NewTestThing, testinterface.ShortReadsTest)
	shortReads(ctx, leafinterface.NewLeafThing, testinterface.ShortReadsLeaf)
	droppedReader(ctx, testinterface.NewTestThing, testinterface.DroppedReaderTest)
	droppedReader(ctx, leafinterface.NewLeafThing, testinterface.DroppedReaderLeaf)
	return nil
}

type thing interface {
	Get() string
	Close() error
}

// shortReads writes three things at once to a function that reads them one by
// one, and reads one by one what it writes at once.
func shortReads[T thing](ctx context.Context, create func(string) T, f func(context.Context, *wit.StreamReader[T]) (*wit.StreamReader[T], error)) {
	w, r := wit.NewStream[T]()
	back, err := f(ctx, r)
	check("the call", err)
	defer back.Close()
	_, err = w.Write([]T{create("a"), create("b"), create("c")})
	check("writing", err)
	check("closing the writer", w.Close())

	for _, want := range []string{"a", "b", "c"} {
		one := make([]T, 1)
		if n, err := back.Read(one); n != 1 || err != nil {
			panic(fmt.Sprintf("reading the thing %q: %d, %v", want, n, err))
		}
		expect(one[0], want)
	}
	if n, err := back.Read(make([]T, 1)); n != 0 || err != io.EOF {
		panic(fmt.Sprintf("reading on: %d, %v", n, err))
	}
}

// droppedReader sends a thing to the future that the function closes, and then,
// as it was not taken, to the one that it reads. Back comes the same.
func droppedReader[T thing](ctx context.Context, create func(string) T, f func(context.Context, *wit.Future[T], *wit.Future[T]) (*wit.Future[T], *wit.Future[T], error)) {
	unresolved := func() (T, error) { panic("a promise was forgotten") }
	p1, f1 := wit.NewFuture(unresolved)
	p2, f2 := wit.NewFuture(unresolved)
	g1, g2, err := f(ctx, f1, f2)
	check("the call", err)

	v := create("a")
	if err := p1.Send(ctx, v); err != io.ErrClosedPipe {
		panic(fmt.Sprintf("sending to a reader that has gone: %v", err))
	}
	if got := v.Get(); got != "a" {
		panic(fmt.Sprintf("the thing that was not taken is %q", got))
	}
	check("sending the same again", p2.Send(ctx, v))

	check("closing the first future", g1.Close())
	v, err = g2.Await(ctx)
	check("awaiting the second future", err)
	expect(v, "a")
}

func expect(v thing, want string) {
	if got := v.Get(); got != want {
		panic(fmt.Sprintf("a thing is %q, want %q", got, want))
	}
	check("closing a thing", v.Close())
}

func check(what string, err error) {
	if err != nil {
		panic(fmt.Sprintf("%s: %v", what, err))
	}
}
