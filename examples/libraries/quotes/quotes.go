// Package quotes asks a feed for prices and remembers them for a while.
package quotes

import (
	"context"
	"sync"
	"time"

	"example.com/quotes/wit/example/quotes/v1/archive"
	"example.com/quotes/wit/example/quotes/v1/feed"
	"tenon.dev/go/wasi/clocks/v0.3/monotonicclock"
	"tenon.dev/go/wasi/clocks/v0.3/systemclock"
)

// A Quote is what something costs.
type Quote = feed.Quote

// Fresh is how long a price is good for.
const Fresh = time.Minute

// A Client remembers prices. The zero value is ready, and many goroutines may
// use one.
type Client struct {
	mu    sync.Mutex
	known map[string]known
}

type known struct {
	quote Quote
	until monotonicclock.Mark
}

// Price is the price of something, not older than [Fresh]. The error is a
// [feed.Trouble], or that of ctx.
func (c *Client) Price(ctx context.Context, symbol string) (Quote, error) {
	now := monotonicclock.Now()
	c.mu.Lock()
	found, ok := c.known[symbol]
	c.mu.Unlock()
	if ok && now < found.until {
		return found.quote, nil
	}
	quote, err := feed.Price(ctx, symbol)
	if err != nil {
		return Quote{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil {
		c.known = map[string]known{}
	}
	c.known[symbol] = known{quote, now + monotonicclock.Mark(Fresh)}
	return quote, nil
}

// Yesterday is the price that something had when yesterday ended. A program
// that does not call it imports neither the archive nor the system's clock.
func Yesterday(ctx context.Context, symbol string) (Quote, error) {
	today := systemclock.Now().Seconds / int64(24*time.Hour/time.Second)
	return archive.Closing(ctx, symbol, uint32(today-1))
}
