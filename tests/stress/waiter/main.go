// Command waiter is a component above a kitchen. It does what its host cannot:
// it cancels calls, and gives up streams and futures of another component.
package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"strings"
	"time"

	"example.com/waiter/wit/export/stress/kitchen/service"
	"example.com/waiter/wit/stress/kitchen/pantry"
	"example.com/waiter/wit/stress/kitchen/plays"
	"tenon.dev/go/wit"
)

func main() {}

func init() { service.Export(waiter{}) }

type waiter struct{}

func (waiter) Serve(ctx context.Context, order service.Order, numbers []uint32, patience uint32) (uint64, bool, error) {
	if patience > 0 {
		var cancel func()
		ctx, cancel = context.WithTimeout(ctx, millis(patience))
		defer cancel()
	}
	result, err := serve(ctx, order, numbers)
	if err != nil {
		if ctx.Err() == nil {
			panic(fmt.Sprintf("%v%v: %v", order, numbers, err))
		}
		return 0, false, nil
	}
	return result, true, nil
}

func (waiter) Limit(tasks uint32) { wit.LimitTasks(int(tasks)) }

func (waiter) Tasks() (n uint32) {
	var list strings.Builder
	wit.DumpTasks(&list)
	head, _, _ := strings.Cut(list.String(), "\n")
	_, rest, _ := strings.Cut(head, " tasks: ")
	fmt.Sscan(rest, &n)
	return n
}

func serve(ctx context.Context, order service.Order, n []uint32) (uint64, error) {
	switch order {
	case service.OrderSleep:
		return plays.Sleep(ctx, n[0])
	case service.OrderRelay:
		data, err := plays.Relay(ctx, n[0], n[1], n[2])
		return digest(data), err
	case service.OrderAsk:
		return ask(ctx, n[0], n[1])
	case service.OrderFan:
		return plays.Fan(ctx, n[0], n[1], n[2], n[3])
	case service.OrderFirst:
		return whole(plays.First(ctx, n))
	case service.OrderLock:
		return zero(plays.Lock(ctx, n[0]))
	case service.OrderTick:
		return plays.Tick(ctx, n[0], n[1])
	case service.OrderSpin:
		return whole(plays.Spin(ctx, n[0]))
	case service.OrderHold:
		return hold(ctx, n[0], n[1])
	case service.OrderKeep:
		return keep(ctx, n[0], n[1])
	case service.OrderCount:
		return count(ctx, n[0], n[1], n[2])
	case service.OrderLater:
		return later(ctx, n[0], n[1], n[2] != 0)
	case service.OrderWhen:
		return when(ctx, n[0], n[1])
	default:
		return stream(ctx, order, n)
	}
}

func ask(ctx context.Context, key, pause uint32) (uint64, error) {
	text, err := plays.Ask(ctx, key, pause)
	var refusal *wit.Error[string]
	if errors.As(err, &refusal) {
		text, err = refusal.Value, nil
	}
	return digest([]byte(text)), err
}

func hold(ctx context.Context, number, pause uint32) (uint64, error) {
	token, err := pantry.Issue(context.Background(), number, 0)
	if err != nil {
		return 0, err
	}
	defer token.Close()
	return whole(plays.Hold(ctx, token, pause))
}

func keep(ctx context.Context, number, pause uint32) (uint64, error) {
	token, err := pantry.Issue(context.Background(), number, 0)
	if err != nil {
		return 0, err
	}
	defer token.Close() // it may never be given away
	back, err := plays.Keep(ctx, token, pause)
	if err != nil {
		return 0, err
	}
	defer back.Close()
	return uint64(back.Number()), nil
}

func count(ctx context.Context, start, n, pause uint32) (uint64, error) {
	a := plays.NewCounter(start)
	defer a.Close()
	if a.Add(n) != start+n {
		return 0, errors.New("a counter does not count")
	}
	if _, err := a.SlowAdd(ctx, n, pause); err != nil {
		return 0, err
	}
	b := plays.NewCounter(n)
	defer b.Close() // it may never be given away
	merged, err := plays.CounterMerge(ctx, a, b, pause)
	if err != nil {
		return 0, err
	}
	defer merged.Close()
	return uint64(merged.Add(0)), nil
}

func later(ctx context.Context, key, pause uint32, never bool) (uint64, error) {
	future, err := plays.Later(ctx, key, pause, never)
	if err != nil {
		return 0, err
	}
	defer future.Close()
	text, err := future.Await(ctx)
	return digest([]byte(text)), err
}

func when(ctx context.Context, key, pause uint32) (uint64, error) {
	promise, future := wit.NewFuture(func() (string, error) { return "", nil })
	go func() {
		defer promise.Close()
		time.Sleep(millis(pause))
		promise.Resolve(fmt.Sprint("letter ", key))
	}()
	text, _, err := plays.When(ctx, future, 1_000_000_000)
	return digest([]byte(text)), err
}

// millis is a pause as the host counts them.
func millis(n uint32) time.Duration { return time.Duration(n) * time.Millisecond }

func digest(data []byte) uint64 {
	sum := fnv.New64a()
	sum.Write(data)
	return sum.Sum64()
}

func whole(n uint32, err error) (uint64, error) { return uint64(n), err }

// zero is for a number that depends on what others do.
func zero(_ uint32, err error) (uint64, error) { return 0, err }

// pattern is what the pantry would fetch.
func pattern(key, size uint32) []byte {
	data := make([]byte, size)
	for i := range data {
		data[i] = byte(uint32(i)*7 + uint32(i)>>8 + key*31)
	}
	return data
}

// must reports an error that nothing explains: streams end, or a context does.
func must(err error) {
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrClosedPipe) && !errors.Is(err, context.Canceled) &&
		!errors.Is(err, context.DeadlineExceeded) {
		panic(err)
	}
}
