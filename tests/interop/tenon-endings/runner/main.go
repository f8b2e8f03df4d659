// Command runner ends streams early, on both sides, and calls late.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"example.com/interop/tenon-endings/runner/wit/export/runner"
	"example.com/interop/tenon-endings/runner/wit/tenon/endings/totest"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

func (program) Run(ctx context.Context) error {
	for _, n := range []uint32{0, 1, 2, 5} {
		take(ctx, n)
	}
	for _, n := range []int{1, 3, 4, 9} {
		count(ctx, n)
	}
	stubborn(ctx)
	giveUp(ctx)
	return nil
}

// take writes five things to a reader that wants n of them.
func take(ctx context.Context, n uint32) {
	w, s := wit.NewStream[*totest.Thing]()
	done := make(chan error, 1)
	go func() { done <- totest.Take(ctx, s, n) }()
	five := make([]*totest.Thing, 5)
	for i := range five {
		five[i] = totest.NewThing(uint32(i))
	}
	taken, err := w.Write(five)
	if n < 5 || err != nil {
		expect("writing what is not taken", err, io.ErrClosedPipe)
	}
	expect("things taken", taken, int(n))
	check("take", <-done)
	check("closing the writer", w.Close())
	for i, thing := range five {
		if i < taken {
			gone(thing)
			continue
		}
		expect("a thing that was not taken", thing.Get(), uint32(i))
		check("closing it", thing.Close())
	}
	expect("things left by take", totest.ThingAlive(), 0)
}

// gone fails if a thing that was taken can still be used.
func gone(thing *totest.Thing) {
	defer func() {
		if recover() == nil {
			panic("a thing that was taken is still here")
		}
	}()
	thing.Get()
}

// count reads n things of a stream that has no end.
func count(ctx context.Context, n int) {
	s, f, err := totest.Count(ctx)
	check("count", err)
	for i := 0; i < n; {
		things := make([]*totest.Thing, min(3, n-i))
		got, err := s.Read(things)
		check("reading things", err)
		for _, thing := range things[:got] {
			expect("a thing", thing.Get(), uint32(i))
			check("closing it", thing.Close())
			i++
		}
	}
	check("closing the reader", s.Close())
	taken, err := f.Await(ctx)
	check("count's future", err)
	expect("things counted", taken, uint32(n))
	expect("things left by count", totest.ThingAlive(), 0)
}

// stubborn cancels a call that may return nevertheless.
func stubborn(ctx context.Context) {
	name := strings.Repeat("name ", 100)
	got, err := totest.Stubborn(ctx, name)
	check("stubborn", err)
	expect("stubborn", got, name)

	for range 20 {
		cancelled, cancel := context.WithCancel(ctx)
		done := make(chan struct{})
		go func() {
			defer close(done)
			got, err := totest.Stubborn(cancelled, name)
			if err == nil {
				expect("stubborn in spite of all", got, name)
			} else if !errors.Is(err, context.Canceled) {
				panic(fmt.Sprintf("stubborn, cancelled: %v", err))
			}
		}()
		for range 3 {
			wit.Yield()
		}
		cancel()
		<-done
	}
}

// giveUp writes some bytes, and has the other side stop in the middle of a read.
func giveUp(ctx context.Context) {
	w, s := wit.NewByteStream()
	promise, f := wit.NewFuture(func() (struct{}, error) { panic("the promise was forgotten") })
	type outcome struct {
		sum uint32
		err error
	}
	done := make(chan outcome, 1)
	go func() {
		sum, err := totest.GiveUp(ctx, s, f)
		done <- outcome{sum, err}
	}()
	for _, part := range []string{"a", "bcd", strings.Repeat("e", 1000)} {
		_, err := io.WriteString(w, part)
		check("writing", err)
	}
	promise.Resolve(struct{}{})
	got := <-done
	check("give-up", got.err)
	expect("bytes that were read", got.sum, 1004)
	n, err := w.Write([]byte("more"))
	expect("bytes that nobody reads", n, 0)
	expect("writing them", err, io.ErrClosedPipe)
	check("closing the writer", w.Close())
}

func check(what string, err error) {
	if err != nil {
		panic(fmt.Sprintf("%s: %v", what, err))
	}
}

func expect[T comparable](what string, got, want T) {
	if got != want {
		panic(fmt.Sprintf("%s: %v, not %v", what, got, want))
	}
}
