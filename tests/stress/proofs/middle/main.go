// Command middle does for many calls at a time what needs others: an import
// that takes long, and state that the calls share.
package main

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"

	"example.com/stress/proofs/middle/wit/export/stress/proofs/claims"
	"example.com/stress/proofs/middle/wit/stress/proofs/slow"
)

type service struct{}

func (service) Fetch(ctx context.Context, n uint32) (string, error) {
	return slow.Text(ctx, n, n%3000)
}

var (
	mu       sync.Mutex
	calls    uint32
	requests = make(chan request)
	begin    = sync.OnceFunc(func() { go answer() })
)

type request struct {
	n      uint32
	answer chan<- uint32
}

// answer doubles numbers for all calls.
func answer() {
	for r := range requests {
		r.answer <- 2 * r.n
	}
}

func (service) Share(ctx context.Context, n uint32) (uint32, error) {
	begin()
	time.Sleep(time.Duration(n%10) * 200 * time.Microsecond)
	mu.Lock()
	before := calls
	if n%5 == 0 {
		runtime.Gosched()
	}
	if n%50 == 0 {
		time.Sleep(100 * time.Microsecond)
	}
	calls = before + 1
	mu.Unlock()
	doubled := make(chan uint32)
	requests <- request{n, doubled}
	timeout := time.NewTimer(time.Minute)
	defer timeout.Stop()
	select {
	case v := <-doubled:
		return v, nil
	case <-timeout.C:
		return 0, nil
	}
}

func (service) Shared() uint32 { return calls }

func (service) Gather(ctx context.Context, times uint32) (uint64, error) {
	for i := range times {
		if i%2 == 0 {
			if got := slow.Bytes(64 << 10); len(got) != 64<<10 {
				return 0, fmt.Errorf("%d bytes", len(got))
			}
			continue
		}
		text, err := slow.Text(ctx, 0, 64<<10)
		if err != nil || len(text) < 64<<10 {
			return 0, fmt.Errorf("%d bytes of text: %w", len(text), err)
		}
	}
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc, nil
}

func init() { claims.Export(service{}) }

func main() {}
