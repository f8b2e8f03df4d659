// Package retry tries again what may fail for a moment. It waits on the
// host's clock, and reports each retry to the host's metrics.
package retry

import (
	"context"
	"time"

	"example.com/retry/wit/example/retry/v1/metrics"
	"tenon.dev/go/wasi/clocks/v0.3/monotonicclock"
	"tenon.dev/go/wasi/clocks/v0.3/types"
	"tenon.dev/go/wasi/random/v0.3/insecure"
	"tenon.dev/go/wasi/random/v0.3/random"
)

// A Policy says how often something is tried, and how long to wait in between.
type Policy struct {
	// Attempts is the number of calls at most, the first one included.
	Attempts int
	// Wait is the longest wait before the second attempt; it doubles each time.
	Wait time.Duration
	// Random makes the waits differ, so that not all callers come back at the
	// same moment. Nil means [Secure].
	Random func() uint64
}

// Secure takes random numbers from wasi:random/random.
func Secure() uint64 { return random.GetRandomU64() }

// Insecure takes them from wasi:random/insecure, which costs less. A program
// that does not mention it does not import that interface.
func Insecure() uint64 { return insecure.GetInsecureRandomU64() }

// Do calls f until it succeeds, fails for good, or was called often enough.
// What f is called is for the metrics.
func Do(ctx context.Context, what string, policy Policy, f func() (again bool, err error)) error {
	wait := policy.Wait
	for attempt := 1; ; attempt++ {
		again, err := f()
		if err == nil || !again || attempt >= policy.Attempts {
			return err
		}
		metrics.Retried(what, uint32(attempt))
		if err := monotonicclock.WaitFor(ctx, policy.between(wait)); err != nil {
			return err
		}
		wait *= 2
	}
}

// between is a time from half of wait to all of it.
func (p Policy) between(wait time.Duration) types.Duration {
	next := p.Random
	if next == nil {
		next = Secure
	}
	half := uint64(wait / 2)
	return half + next()%(half+1)
}
