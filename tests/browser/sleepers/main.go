// Command sleepers waits: for timers, for other calls, for its caller to give up.
package main

import (
	"context"
	"sync"
	"time"

	"example.com/sleepers/wit/export/sleepers"
	"tenon.dev/go/wit"
)

func init() { sleepers.Export(&app{gate: make(chan struct{})}) }

func main() {}

type app struct {
	mu             sync.Mutex
	gate           chan struct{}
	here, sleeping uint32
	ended          uint32
}

// Sleep comes back only if all calls of its group are under way at the same time.
func (a *app) Sleep(_ context.Context, together uint32) (uint32, error) {
	a.mu.Lock()
	gate := a.gate
	a.sleeping++
	if a.here++; a.here == together {
		close(gate)
		a.here, a.gate = 0, make(chan struct{})
	}
	a.mu.Unlock()
	<-gate
	time.Sleep(5 * time.Millisecond)
	a.mu.Lock()
	defer a.mu.Unlock()
	left := a.sleeping
	a.sleeping--
	return left, nil
}

func (a *app) Tick(_ context.Context, count uint32) (*wit.StreamReader[uint32], error) {
	w, ticks := wit.NewStream[uint32]()
	go func() {
		defer w.Close()
		ticker := time.NewTicker(time.Millisecond)
		defer ticker.Stop()
		for i := range count {
			<-ticker.C
			if _, err := w.Write([]uint32{i}); err != nil {
				return
			}
		}
	}()
	return ticks, nil
}

func (a *app) Wait(ctx context.Context, milliseconds uint32) (string, error) {
	defer func() { a.ended++ }()
	own, cancel := context.WithTimeout(ctx, time.Duration(milliseconds)*time.Millisecond)
	defer cancel()
	<-own.Done()
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	return own.Err().Error(), nil
}

func (a *app) Waited() uint32 { return a.ended }
