// Command runner lends and gives things to calls that take their time, and cancels some of them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"example.com/interop/tenon-async-resources/runner/wit/export/runner"
	"example.com/interop/tenon-async-resources/runner/wit/tenon/async-resources/things"
	"example.com/interop/tenon-async-resources/runner/wit/tenon/async-resources/users"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

func (program) Run(ctx context.Context) error {
	for range 3 {
		methods(ctx)
		sums(ctx)
		greater(ctx)
		even(ctx)
		later(ctx)
		closed(ctx)
		expect("things that are left", things.ThingAlive(), 0)
	}
	return nil
}

func methods(ctx context.Context) {
	one, two := things.NewThing(1), things.NewThing(2)
	v, err := one.Get(ctx)
	check("get", err)
	expect("get", v, 1)
	check("set", two.Set(ctx, 20))
	v, err = two.Get(ctx)
	check("get", err)
	expect("get after set", v, 20)
	expect("things", things.ThingAlive(), 2)

	merged, err := things.ThingMerge(ctx, []*things.Thing{one, two})
	check("merge", err)
	expect("a merged thing", merged.GetNow(), 21)
	expect("merged things", things.ThingAlive(), 1)
	check("closing it", merged.Close())
	empty, err := things.ThingMerge(ctx, nil)
	check("merge", err)
	expect("nothing, merged", empty.GetNow(), 0)
	check("closing it", empty.Close())
}

// sums lends the same things to several calls at once, one of them twice.
func sums(ctx context.Context) {
	one, two, three := things.NewThing(1), things.NewThing(20), things.NewThing(300)
	const calls = 4
	done := make(chan struct{}, calls)
	for range calls {
		go func() {
			v, err := users.Sum(ctx, one, []*things.Thing{two, three, one})
			check("sum", err)
			expect("sum", v, 322)
			done <- struct{}{}
		}()
	}
	for range calls {
		<-done
	}
	v, err := users.Sum(ctx, two, nil)
	check("sum", err)
	expect("sum of one", v, 20)
	expect("things after sum", things.ThingAlive(), 3)
	for _, thing := range []*things.Thing{one, two, three} {
		check("closing it", thing.Close())
	}
}

func greater(ctx context.Context) {
	given, ok, err := users.Greater(ctx, wit.None[*things.Thing](), things.NewThing(5))
	check("greater", err)
	expect("greater than nothing", ok, true)

	less, more := things.NewThing(4), things.NewThing(6)
	given, ok, err = users.Greater(ctx, wit.Some(less), given)
	check("greater", err)
	expect("greater than less", ok, true)
	expect("the greater one", given.GetNow(), 5)

	_, ok, err = users.Greater(ctx, wit.Some(more), given)
	check("greater", err)
	expect("greater than more", ok, false)
	expect("things after greater", things.ThingAlive(), 2)
	check("closing it", less.Close())
	check("closing it", more.Close())
}

func even(ctx context.Context) {
	v, err := users.Even(ctx, things.NewThing(8))
	check("even", err)
	expect("even", v, 8)

	_, err = users.Even(ctx, things.NewThing(9))
	var odd *wit.Error[*things.Thing]
	if !errors.As(err, &odd) {
		panic(fmt.Sprintf("even of 9: %v", err))
	}
	expect("the odd one", odd.Value.GetNow(), 9)
	check("closing it", odd.Value.Close())
}

func later(ctx context.Context) {
	thing := things.NewThing(7)
	promise, f := wit.NewFuture(unresolved)
	go promise.Resolve(struct{}{})
	v, err := users.Later(ctx, thing, f)
	check("later", err)
	expect("later", v, 7)

	// What was lent to a call that is cancelled comes back.
	promise, f = wit.NewFuture(unresolved)
	cancelled, cancel := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() {
		_, err := users.Later(cancelled, thing, f)
		done <- err
	}()
	for range 5 {
		wit.Yield()
	}
	cancel()
	expect("a cancelled call", <-done, context.Canceled)
	expect("sending to it", promise.Send(ctx, struct{}{}), io.ErrClosedPipe)
	expect("the thing", thing.GetNow(), 7)
	check("closing it", thing.Close())
}

// closed closes a thing while it is lent: it is dropped when it has come back.
func closed(ctx context.Context) {
	thing := things.NewThing(10)
	promise, f := wit.NewFuture(unresolved)
	done := make(chan uint32, 1)
	go func() {
		v, err := users.Later(ctx, thing, f)
		check("later", err)
		done <- v
	}()
	for range 5 {
		wit.Yield()
	}
	check("closing a thing that is lent", thing.Close())
	expect("things that are lent", things.ThingAlive(), 1)
	promise.Resolve(struct{}{})
	expect("later", <-done, 10)
}

func unresolved() (struct{}, error) { return struct{}{}, nil }

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
