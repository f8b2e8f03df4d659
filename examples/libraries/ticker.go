// Ticker is an application that uses two libraries, each of which brings
// bindings of its own.
package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"example.com/quotes"
	"example.com/quotes/wit/example/quotes/v1/feed"
	"example.com/retry"

	"example.com/ticker/wit/export/ticker"
)

func main() {}

func init() { ticker.Export(&app{}) }

// app implements the world example:ticker/ticker.
type app struct {
	client quotes.Client
}

var policy = retry.Policy{Attempts: 3, Wait: 10 * time.Millisecond}

// Report asks for all prices at once: while one waits for the feed, another
// waits for its next attempt, on the same event loop.
func (a *app) Report(ctx context.Context, symbols []string) ([]string, error) {
	lines := make([]string, len(symbols))
	failed := make([]error, len(symbols))
	var asked sync.WaitGroup
	for i, symbol := range symbols {
		asked.Add(1)
		go func() {
			defer asked.Done()
			lines[i], failed[i] = a.line(ctx, symbol)
		}()
	}
	asked.Wait()
	return lines, errors.Join(failed...)
}

func (a *app) line(ctx context.Context, symbol string) (string, error) {
	var quote quotes.Quote
	err := retry.Do(ctx, symbol, policy, func() (bool, error) {
		var err error
		quote, err = a.client.Price(ctx, symbol)
		return errors.Is(err, feed.TroubleBusy), err
	})
	if err != nil {
		return "", fmt.Errorf("%s: %w", symbol, err)
	}
	return fmt.Sprintf("%s %d.%02d, %d at once", symbol, quote.Cents/100, quote.Cents%100, quote.Together), nil
}
