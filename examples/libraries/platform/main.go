// Platform stands for what a host would offer: the feed and the metrics that
// the libraries import, as a component.
package main

import (
	"context"
	"fmt"
	"os"
	"sync"

	"example.com/platform/wit/export/example/quotes/v1/feed"
	"example.com/platform/wit/export/example/retry/v1/metrics"
)

func main() {}

func init() {
	feed.Export(&market{refused: map[string]bool{}, open: make(chan struct{})})
	metrics.Export(counter{})
}

var prices = map[string]uint64{"COGS": 1250, "GEARS": 399, "SPRINGS": 75}

// A market refuses everything once, and then answers when all have come back:
// a caller that could not wait for several things at once would never see it
// open.
type market struct {
	mu      sync.Mutex
	refused map[string]bool
	waiting uint32
	open    chan struct{}
}

func (m *market) Price(ctx context.Context, symbol string) (feed.Quote, error) {
	cents, ok := prices[symbol]
	if !ok {
		return feed.Quote{}, feed.TroubleUnknownSymbol
	}
	if !m.admit(symbol) {
		return feed.Quote{}, feed.TroubleBusy
	}
	select {
	case <-m.open:
		return feed.Quote{Symbol: symbol, Cents: cents, Together: m.waiting}, nil
	case <-ctx.Done():
		return feed.Quote{}, ctx.Err()
	}
}

// admit reports whether a caller may wait for the market to open, which it
// does for the last one.
func (m *market) admit(symbol string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.refused[symbol] {
		m.refused[symbol] = true
		return false
	}
	m.waiting++
	if int(m.waiting) == len(prices) {
		close(m.open)
	}
	return true
}

// A counter says what is tried again.
type counter struct{}

func (counter) Retried(what string, attempt uint32) {
	fmt.Fprintf(os.Stderr, "%s: attempt %d failed\n", what, attempt)
}
