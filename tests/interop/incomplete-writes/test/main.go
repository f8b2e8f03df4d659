package main

import (
	"context"
	"fmt"
	"io"

	"example.com/interop/incomplete-writes/test/wit/export/my/test/testinterface"
	"example.com/interop/incomplete-writes/test/wit/my/test/leafinterface"
	"tenon.dev/go/wit"
)

func main() {}

func init() { testinterface.Export(program{}) }

// program implements my:test/test-interface.
type program struct{}

func (program) NewTestThing(s string) testinterface.TestThing { return thing(s) }

// A thing is a TestThing.
type thing string

func (t thing) Get() string { return string(t) }

func (program) ShortReadsTest(_ context.Context, s *wit.StreamReader[testinterface.TestThing]) (*wit.StreamReader[testinterface.TestThing], error) {
	return shortReads(s), nil
}

func (program) ShortReadsLeaf(_ context.Context, s *wit.StreamReader[*leafinterface.LeafThing]) (*wit.StreamReader[*leafinterface.LeafThing], error) {
	return shortReads(s), nil
}

// shortReads reads s one by one, so that the writer has to take back what is
// left, and then writes all of it at once.
func shortReads[T any](s *wit.StreamReader[T]) *wit.StreamReader[T] {
	w, r := wit.NewStream[T]()
	go func() {
		defer s.Close()
		defer w.Close()
		var things []T
		for one := make([]T, 1); ; {
			n, err := s.Read(one)
			things = append(things, one[:n]...)
			if err == io.EOF {
				break
			}
			check("reading", err)
		}
		_, err := w.Write(things)
		check("writing", err)
	}()
	return r
}

func (program) DroppedReaderTest(ctx context.Context, f1, f2 *wit.Future[testinterface.TestThing]) (*wit.Future[testinterface.TestThing], *wit.Future[testinterface.TestThing], error) {
	g1, g2 := droppedReader(f1, f2)
	return g1, g2, nil
}

func (program) DroppedReaderLeaf(_ context.Context, f1, f2 *wit.Future[*leafinterface.LeafThing]) (*wit.Future[*leafinterface.LeafThing], *wit.Future[*leafinterface.LeafThing], error) {
	g1, g2 := droppedReader(f1, f2)
	return g1, g2, nil
}

// droppedReader closes f1 and awaits f2. What that gives is offered to the
// first of the new futures, whose reader does not want it, and then to the
// second.
func droppedReader[T any](f1, f2 *wit.Future[T]) (*wit.Future[T], *wit.Future[T]) {
	unresolved := func() (T, error) { panic("a promise was forgotten") }
	p1, g1 := wit.NewFuture(unresolved)
	p2, g2 := wit.NewFuture(unresolved)
	// The functions' contexts end when they have returned; this goes on.
	ctx := context.Background()
	go func() {
		f1.Close()
		v, err := f2.Await(ctx)
		check("awaiting the second future", err)
		if err := p1.Send(ctx, v); err != io.ErrClosedPipe {
			panic(fmt.Sprintf("sending to a reader that has gone: %v", err))
		}
		check("sending the same again", p2.Send(ctx, v))
	}()
	return g1, g2
}

func check(what string, err error) {
	if err != nil {
		panic(fmt.Sprintf("%s: %v", what, err))
	}
}
