// Command kitchen is a component in which everything that a runtime for
// goroutines may get wrong goes on at the same time: tests/stress/README.md.
package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"runtime"
	"sync"
	"time"

	"example.com/kitchen/wit/export/stress/kitchen/plays"
	"example.com/kitchen/wit/stress/kitchen/pantry"
	"tenon.dev/go/wit"
)

func main() {}

func init() { plays.Export(kitchen{}) }

type kitchen struct{}

// millis is a pause as the host counts them.
func millis(n uint32) time.Duration { return time.Duration(n) * time.Millisecond }

func digest(data ...byte) uint64 {
	sum := fnv.New64a()
	sum.Write(data)
	return sum.Sum64()
}

func (kitchen) Sleep(ctx context.Context, pause uint32) (uint64, error) {
	start := time.Now()
	select {
	case <-time.After(millis(pause)):
		return uint64(time.Since(start).Milliseconds()), nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (kitchen) Relay(ctx context.Context, key, size, pause uint32) ([]byte, error) {
	return pantry.Fetch(ctx, key, size, pause)
}

func (kitchen) Ask(ctx context.Context, key, pause uint32) (string, error) {
	return pantry.Ask(ctx, key, pause)
}

func (kitchen) Race(ctx context.Context, key, size, pause, patience uint32) ([]byte, bool, error) {
	limited, cancel := context.WithTimeout(ctx, millis(patience))
	defer cancel()
	data, err := pantry.Fetch(limited, key, size, pause)
	if err != nil && ctx.Err() == nil {
		return nil, false, nil
	}
	return data, err == nil, err
}

func (kitchen) Fan(ctx context.Context, key, count, size, pause uint32) (uint64, error) {
	var (
		all   sync.WaitGroup
		mu    sync.Mutex
		sum   uint64
		fails error
	)
	for i := range count {
		all.Add(1)
		go func() {
			defer all.Done()
			data, err := pantry.Fetch(ctx, key+i, size, pause*(i%3+1))
			mu.Lock()
			defer mu.Unlock()
			sum += digest(data...)
			if err != nil {
				fails = err
			}
		}()
	}
	all.Wait()
	return sum, fails
}

func (kitchen) First(ctx context.Context, pauses []uint32) (uint32, error) {
	ctx, cancel := context.WithCancel(ctx)
	winner := make(chan uint32, len(pauses))
	var all sync.WaitGroup
	for i, pause := range pauses {
		all.Add(1)
		go func() {
			defer all.Done()
			if _, err := pantry.Fetch(ctx, uint32(i), 100, pause); err == nil {
				winner <- uint32(i)
			}
		}()
	}
	go func() {
		all.Wait()
		close(winner)
	}()
	first, ok := <-winner
	cancel()
	if !ok {
		return 0, ctx.Err()
	}
	return first, nil
}

var (
	mu    sync.Mutex
	locks uint32
)

func (kitchen) Lock(_ context.Context, pause uint32) (uint32, error) {
	mu.Lock()
	defer mu.Unlock()
	time.Sleep(millis(pause))
	locks++
	return locks - 1, nil
}

var hatch = make(chan uint32)

func (kitchen) Put(_ context.Context, value uint32) error {
	hatch <- value
	return nil
}

func (kitchen) Take(context.Context) (uint32, error) { return <-hatch, nil }

var gates = map[uint32]chan uint32{}

func gate(n uint32) chan uint32 {
	if gates[n] == nil {
		gates[n] = make(chan uint32, 1)
	}
	return gates[n]
}

func (kitchen) Wait(_ context.Context, n uint32) (uint32, error) {
	number := <-gate(n)
	delete(gates, n)
	return number, nil
}

func (kitchen) Open(n, number uint32) { gate(n) <- number }

func (kitchen) Tick(ctx context.Context, count, period uint32) (uint64, error) {
	start := time.Now()
	ticker := time.NewTicker(millis(period))
	defer ticker.Stop()
	for range count {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
	return uint64(time.Since(start).Milliseconds()), nil
}

func (kitchen) Spin(_ context.Context, count uint32) (uint32, error) {
	for range count {
		wit.Yield()
	}
	return count, nil
}

func (kitchen) Linger(_ context.Context, key, count, pause uint32) error {
	go func() {
		for range count {
			time.Sleep(millis(pause))
			if _, err := pantry.Fetch(context.Background(), key, 10, pause); err != nil {
				panic(err)
			}
			pantry.Note(key)
		}
	}()
	return nil
}

var rubbish [][]byte

func (kitchen) Litter(_ context.Context, kib uint32) error {
	for range kib {
		rubbish = append(rubbish, make([]byte, 1024))
	}
	rubbish = nil
	runtime.GC()
	return nil
}

func (kitchen) Scatter(key, count uint32) {
	for range count {
		go func() {
			runtime.Gosched()
			pantry.Note(key)
		}()
	}
}

func (kitchen) Hold(ctx context.Context, token *pantry.Token, pause uint32) (uint32, error) {
	number, err := token.Look(ctx, pause)
	if err != nil {
		return 0, err
	}
	return number + token.Number(), nil
}

func (kitchen) Keep(ctx context.Context, token *pantry.Token, pause uint32) (*pantry.Token, error) {
	select {
	case <-time.After(millis(pause)):
		return token, nil
	case <-ctx.Done():
		token.Close()
		return nil, ctx.Err()
	}
}

func letter(key uint32) string { return fmt.Sprint("letter ", key) }

func (kitchen) Later(_ context.Context, key, pause uint32, never bool) (*wit.Future[string], error) {
	promise, future := wit.NewFuture(func() (string, error) { return "closed", nil })
	go func() {
		defer promise.Close()
		time.Sleep(millis(pause))
		if !never {
			promise.Resolve(letter(key))
		}
	}()
	return future, nil
}

func (kitchen) When(ctx context.Context, letter *wit.Future[string], patience uint32) (string, bool, error) {
	defer letter.Close()
	limited, cancel := context.WithTimeout(ctx, millis(patience))
	defer cancel()
	text, err := letter.Await(limited)
	if err != nil && ctx.Err() == nil {
		return "", false, nil
	}
	return text, err == nil, err
}

func (k kitchen) Mail(ctx context.Context, key, pause, patience uint32) (string, bool, error) {
	return k.When(ctx, pantry.Letter(key, pause), patience)
}

type counter struct{ value uint32 }

var counters uint32

func newCounter(start uint32) *counter {
	counters++
	return &counter{start}
}

func (kitchen) NewCounter(start uint32) plays.Counter { return newCounter(start) }

func (kitchen) Discard(c plays.Counter) { c.(io.Closer).Close() }

func (kitchen) Counters() uint32 { return counters }

func (c *counter) Add(n uint32) uint32 {
	c.value += n
	return c.value
}

func (c *counter) SlowAdd(ctx context.Context, n, pause uint32) (uint32, error) {
	select {
	case <-time.After(millis(pause)):
		return c.Add(n), nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (kitchen) CounterMerge(ctx context.Context, a, b plays.Counter, pause uint32) (plays.Counter, error) {
	defer b.(io.Closer).Close()
	select {
	case <-time.After(millis(pause)):
		return newCounter(a.Add(0) + b.Add(0)), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (c *counter) Close() error {
	counters--
	return nil
}

func (kitchen) Limit(tasks uint32) { wit.LimitTasks(int(tasks)) }

func (kitchen) Tasks() uint32 { return tasks() }
