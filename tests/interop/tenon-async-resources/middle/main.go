// Command middle is lent and given another component's things, and calls their methods, which takes time.
package main

import (
	"context"

	"example.com/interop/tenon-async-resources/middle/wit/export/tenon/async-resources/users"
	"example.com/interop/tenon-async-resources/middle/wit/tenon/async-resources/things"
	"tenon.dev/go/wit"
)

func main() {}

func init() { users.Export(program{}) }

// program implements tenon:async-resources/users.
type program struct{}

func (program) Sum(ctx context.Context, a *things.Thing, others []*things.Thing) (uint32, error) {
	sum, err := a.Get(ctx)
	if err != nil {
		return 0, err
	}
	for _, other := range others {
		v, err := other.Get(ctx)
		if err != nil {
			return 0, err
		}
		sum += v
	}
	return sum, nil
}

func (program) Greater(ctx context.Context, lent wit.Option[*things.Thing], given *things.Thing) (*things.Thing, bool, error) {
	if lent, ok := lent.Get(); ok {
		v, err := given.Get(ctx)
		if err != nil {
			return nil, false, err
		}
		if lent.GetNow() > v {
			return nil, false, given.Close()
		}
	}
	return given, true, nil
}

func (program) Even(ctx context.Context, a *things.Thing) (uint32, error) {
	v, err := a.Get(ctx)
	if err != nil {
		return 0, err
	}
	if v%2 != 0 {
		return 0, &wit.Error[*things.Thing]{Value: a}
	}
	return v, a.Close()
}

func (program) Later(ctx context.Context, a *things.Thing, f *wit.Future[struct{}]) (uint32, error) {
	defer f.Close()
	if _, err := f.Await(ctx); err != nil {
		return 0, err
	}
	return a.Get(ctx)
}
