// Command test takes more arguments than can be passed flat, and gives back what comes in streams and futures.
package main

import (
	"context"
	"fmt"
	"io"

	"example.com/interop/tenon-payloads/test/wit/export/tenon/payloads/totest"
	"tenon.dev/go/wit"
)

func main() {}

func init() { totest.Export(program{}) }

// program implements tenon:payloads/to-test.
type program struct{}

func (program) Wide(_ context.Context, a uint8, b string, c totest.Entry, d wit.Option[totest.Shape], e wit.Tuple2[int64, float32], f totest.Access, g rune) (totest.Entry, error) {
	return wide(a, b, c, d, e, f, g)
}

func (program) WideNow(a uint8, b string, c totest.Entry, d wit.Option[totest.Shape], e wit.Tuple2[int64, float32], f totest.Access, g rune) (totest.Entry, error) {
	return wide(a, b, c, d, e, f, g)
}

// wide has two arguments that differ from call to call; the others are those that all callers agree on.
func wide(a uint8, b string, c totest.Entry, d wit.Option[totest.Shape], e wit.Tuple2[int64, float32], f totest.Access, g rune) (totest.Entry, error) {
	expect("a", a, 200)
	expect("b", b, "gr\u00fc\u00dfe")
	expect("e", e, wit.Tuple2[int64, float32]{F0: -1 << 63, F1: -0.5})
	expect("f", f, totest.AccessRead|totest.AccessExecute)
	expect("g", g, '\U0001F680')
	if shape, ok := d.Get(); ok {
		return totest.Entry{}, shape
	}
	return c, nil
}

// release lets calls begin again; nil when they may.
var release func()

func (program) Hold(on bool) {
	switch {
	case on && release == nil:
		release = wit.HoldTasks()
	case !on && release != nil:
		release()
		release = nil
	}
}

func (program) EchoNumbers(_ context.Context, s *wit.StreamReader[uint64]) (*wit.StreamReader[uint64], error) {
	return echo(s), nil
}

func (program) EchoPairs(_ context.Context, s *wit.StreamReader[wit.Tuple2[uint8, uint32]]) (*wit.StreamReader[wit.Tuple2[uint8, uint32]], error) {
	return echo(s), nil
}

func (program) EchoStrings(_ context.Context, s *wit.StreamReader[string]) (*wit.StreamReader[string], error) {
	return echo(s), nil
}

func (program) EchoShapes(_ context.Context, s *wit.StreamReader[totest.Shape]) (*wit.StreamReader[totest.Shape], error) {
	return echo(s), nil
}

// echo reads three items at a time, and writes them before it reads more.
func echo[T any](s *wit.StreamReader[T]) *wit.StreamReader[T] {
	w, r := wit.NewStream[T]()
	go func() {
		defer s.Close()
		defer w.Close()
		for items := make([]T, 3); ; {
			n, err := s.Read(items)
			if n > 0 {
				_, err := w.Write(items[:n])
				check("writing", err)
			}
			if err == io.EOF {
				return
			}
			check("reading", err)
		}
	}()
	return r
}

func (program) EchoResult(_ context.Context, f *wit.Future[totest.Entry]) (*wit.Future[totest.Entry], error) {
	promise, back := wit.NewFuture(func() (totest.Entry, error) { panic("a promise was forgotten") })
	go func() {
		defer f.Close()
		// The function's context ends when it has returned.
		entry, err := f.Await(context.Background())
		if err != nil {
			promise.Reject(err)
			return
		}
		promise.Resolve(entry)
	}()
	return back, nil
}

func (program) Flatten(_ context.Context, s *wit.StreamReader[*wit.ByteReader]) (*wit.ByteReader, error) {
	w, r := wit.NewByteStream()
	go func() {
		defer w.Close()
		for inner, err := range s.All() {
			check("reading", err)
			_, err = io.Copy(w, inner)
			check("copying", err)
			check("closing", inner.Close())
		}
	}()
	return r, nil
}

func check(what string, err error) {
	if err != nil {
		panic(fmt.Sprintf("%s: %v", what, err))
	}
}

func expect[T comparable](what string, got, want T) {
	if got != want {
		panic(fmt.Sprintf("%s is %v, not %v", what, got, want))
	}
}
