// Command runner asks for much at a time, and counts what is right.
package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"example.com/stress/proofs/runner/wit/export/runner"
	"example.com/stress/proofs/runner/wit/stress/proofs/claims"
)

type program struct{}

func (program) FetchAll(ctx context.Context, calls, atOnce uint32) (uint32, error) {
	return count(calls, atOnce, func(n uint32) bool {
		got, err := claims.Fetch(ctx, n)
		return err == nil && got == fmt.Sprintf("number %d", n)+strings.Repeat(".", int(n%3000))
	}), nil
}

func (program) ShareAll(ctx context.Context, calls uint32) (uint32, error) {
	before := claims.Shared()
	right := count(calls, calls, func(n uint32) bool {
		got, err := claims.Share(ctx, n)
		return err == nil && got == 2*n
	})
	if shared := claims.Shared() - before; shared != calls {
		return 0, fmt.Errorf("%d calls were counted under the mutex, not %d", shared, calls)
	}
	return right, nil
}

func (program) GatherAll(ctx context.Context, times uint32) (uint64, error) {
	return claims.Gather(ctx, times)
}

// count is how many of so many calls are right.
func count(calls, atOnce uint32, call func(n uint32) bool) uint32 {
	var next, right atomic.Uint32
	var all sync.WaitGroup
	for range atOnce {
		all.Add(1)
		go func() {
			defer all.Done()
			for {
				n := next.Add(1) - 1
				if n >= calls {
					return
				}
				if call(n) {
					right.Add(1)
				}
			}
		}()
	}
	all.Wait()
	return right.Load()
}

func init() { runner.Export(program{}) }

func main() {}
