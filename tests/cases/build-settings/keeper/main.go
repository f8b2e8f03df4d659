// Command keeper is built with a limit of tasks, and with synchronous exports
// that let goroutines run before they return.
package main

import (
	"context"
	"time"

	"example.com/keeper/wit/export/settings/test/keeper"
	"tenon.dev/go/wasi/clocks/v0.3/monotonicclock"
)

func main() {}

func init() { keeper.Export(program{}) }

type program struct{}

var (
	gate  = make(chan struct{})
	held  uint32
	grown uint32
)

func (program) Hold(context.Context) error {
	held++
	<-gate
	held--
	return nil
}

func (program) Release() {
	if held > 0 {
		gate <- struct{}{}
	}
}

func (program) Held() uint32 { return held }

func (program) Sow(n uint32) {
	baton := make(chan struct{})
	for range n {
		go func() {
			<-baton
			grown++
			baton <- struct{}{}
		}()
	}
	go func() { baton <- struct{}{} }()
}

func (program) SowCall() {
	go func() {
		_ = monotonicclock.WaitFor(context.Background(), uint64(time.Millisecond))
		grown++
		counted <- struct{}{}
	}()
}

var counted = make(chan struct{})

func (program) Wait(_ context.Context, n uint32) error {
	for range n {
		<-counted
	}
	return nil
}

func (program) Grown() uint32 { return grown }
