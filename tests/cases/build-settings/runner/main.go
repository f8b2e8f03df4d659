// Command runner sees how another component was built.
package main

import (
	"context"
	"fmt"

	"example.com/runner/wit/export/running"
	"example.com/runner/wit/settings/test/keeper"
	"tenon.dev/go/wit"
)

func main() {}

func init() { running.Export(program{}) }

type program struct{}

const (
	limit = 3 // of keeper/tenon.toml
	calls = 50
)

func (program) Run(ctx context.Context) (string, error) {
	done := make(chan error)
	for range calls {
		go func() { done <- keeper.Hold(ctx) }()
	}
	for ended := 0; ended < calls; {
		switch held := keeper.Held(); {
		case held > limit:
			return fmt.Sprint(held, " calls are under way"), nil
		case held == min(limit, uint32(calls-ended)):
			keeper.Release()
			if err := <-done; err != nil {
				return err.Error(), nil
			}
			ended++
		default:
			wit.Yield()
		}
	}
	keeper.Sow(5)
	if grown := keeper.Grown(); grown != 5 {
		return fmt.Sprint(grown, " goroutines have run before the function returned"), nil
	}
	// What goroutines of synchronous functions wait for goes on, too.
	const calls = 10
	for range calls {
		keeper.SowCall()
	}
	if err := keeper.Wait(ctx, calls); err != nil {
		return err.Error(), nil
	}
	if grown := keeper.Grown(); grown != 5+calls {
		return fmt.Sprint(grown, " goroutines have counted"), nil
	}
	return "all right", nil
}
