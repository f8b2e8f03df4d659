// Command test ends streams early, on both sides, and calls late.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"example.com/interop/tenon-endings/test/wit/export/tenon/endings/totest"
	"tenon.dev/go/wit"
)

func main() {}

func init() { totest.Export(program{}) }

// alive counts the things that nobody has closed.
var alive uint32

type thing struct{ v uint32 }

func newThing(v uint32) totest.Thing {
	alive++
	return &thing{v}
}

func (t *thing) Get() uint32 { return t.v }

func (t *thing) Close() error {
	alive--
	return nil
}

// program implements tenon:endings/to-test.
type program struct{}

func (program) NewThing(v uint32) totest.Thing { return newThing(v) }

func (program) ThingAlive() uint32 { return alive }

func (program) Take(ctx context.Context, s *wit.StreamReader[totest.Thing], n uint32) error {
	defer s.Close()
	for one := make([]totest.Thing, 1); n > 0; n-- {
		if _, err := s.ReadContext(ctx, one); err != nil {
			return err
		}
		if err := one[0].(*thing).Close(); err != nil {
			return err
		}
	}
	return nil
}

func (program) Count(context.Context) (*wit.StreamReader[totest.Thing], *wit.Future[uint32], error) {
	w, s := wit.NewStream[totest.Thing]()
	promise, f := wit.NewFuture(func() (uint32, error) { panic("the promise was forgotten") })
	go func() {
		defer w.Close()
		var taken uint32
		for {
			four := make([]totest.Thing, 4)
			for i := range four {
				four[i] = newThing(taken + uint32(i))
			}
			n, err := w.Write(four)
			taken += uint32(n)
			if err == nil {
				continue
			}
			if err != io.ErrClosedPipe {
				panic(fmt.Sprintf("writing things: %v", err))
			}
			// What was not taken is still here.
			for _, left := range four[n:] {
				left.(*thing).Close()
			}
			promise.Resolve(taken)
			return
		}
	}()
	return s, f, nil
}

func (program) Stubborn(_ context.Context, name string) (string, error) {
	for range 10 {
		wit.Yield()
	}
	return name, nil
}

func (program) GiveUp(ctx context.Context, s *wit.ByteReader, f *wit.Future[struct{}]) (uint32, error) {
	defer s.Close()
	defer f.Close()
	reading, giveUp := context.WithCancel(ctx)
	defer giveUp()
	go func() {
		if _, err := f.Await(ctx); err == nil {
			giveUp()
		}
	}()
	var sum uint32
	for buf := make([]byte, 100); ; {
		n, err := s.ReadContext(reading, buf)
		sum += uint32(n)
		switch {
		case errors.Is(err, context.Canceled):
			return sum, nil
		case err != nil:
			return 0, err
		}
	}
}
