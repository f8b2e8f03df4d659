// Command deadlocked waits in synchronous exports, which may not be left, for
// what cannot happen meanwhile.
package main

import (
	"context"
	"sync"
	"time"

	"example.com/deadlocked/wit/export/demo/stuck/stuck"
	"tenon.dev/go/wasi/clocks/v0.3/monotonicclock"
	"tenon.dev/go/wit"
)

func main() {}

func init() { stuck.Export(program{}) }

type program struct{}

var mu sync.Mutex

func (program) Mutex() {
	mu.Lock()
	mu.Lock()
}

func (program) Channel() { <-make(chan int) }

func (program) Read() {
	_, r := wit.NewStream[string]()
	_, _ = r.Read(make([]string, 1))
}

func (program) Call() {
	_ = monotonicclock.WaitFor(context.Background(), uint64(time.Millisecond))
}

func (program) Timer() string {
	select {
	case <-time.After(20 * time.Millisecond):
		return "rang"
	case <-make(chan int):
		return "?"
	}
}

func (program) Handover() string {
	var mu sync.Mutex
	mu.Lock()
	go func() {
		time.Sleep(time.Millisecond)
		mu.Unlock()
	}()
	mu.Lock()
	return "got it"
}
