// Command keeper does what the runner needs to see whether the runtime keeps its
// rules.
package main

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"example.com/keeper/wit/export/rules/test/keeper"
	"example.com/keeper/wit/rules/test/teller"
	"tenon.dev/go/wasi/clocks/v0.3/monotonicclock"
	"tenon.dev/go/wasi/clocks/v0.3/types"
	"tenon.dev/go/wit"
)

func main() {}

func init() { keeper.Export(program{}) }

type program struct{}

var gate = make(chan struct{})

func (program) Hold(_ context.Context, n uint32) (uint32, error) {
	held++
	<-gate
	return n, nil
}

var held, fired, left, reaped uint32

func (program) Release() uint32 {
	close(gate)
	gate = make(chan struct{})
	was := held
	held = 0
	return was
}

func (program) Later(_ context.Context, ms uint32) error {
	time.AfterFunc(time.Duration(ms)*time.Millisecond, func() { fired++ })
	return nil
}

func (program) Fired() uint32 { return fired }

var stopped bool

func (program) Spin(context.Context) (uint32, error) {
	stopped = false
	var rounds uint32
	for !stopped {
		rounds++
		wit.Yield()
	}
	return rounds, nil
}

func (program) Stop() { stopped = true }

func (program) Nap(context.Context) error {
	wit.Yield()
	return nil
}

func (program) Linger(context.Context) error {
	ctx, cancel := context.WithCancel(context.Background())
	go func() { _ = monotonicclock.WaitFor(ctx, types.Duration(time.Hour)) }()
	go func() {
		for range 10 {
			wit.Yield()
		}
		lingered++
		cancel()
	}()
	return nil
}

var lingered uint32

func (program) Lingered() uint32 { return lingered }

func (program) Leave(ctx context.Context) error {
	go func() {
		<-ctx.Done()
		left++
	}()
	return nil
}

func (program) Left() uint32 { return left }

func (program) SleepAll(_ context.Context, goroutines, ms uint32) (uint32, error) {
	var all sync.WaitGroup
	var woken uint32
	for i := range goroutines {
		all.Add(1)
		go func() {
			defer all.Done()
			time.Sleep(time.Duration(1+i*7919%ms) * time.Millisecond)
			woken++
		}()
	}
	all.Wait()
	return woken, nil
}

func (program) Timers(context.Context) (string, error) {
	// A timer that is stopped does not fire, and one that is set anew does so
	// when it was told last: before a later one.
	var order []string
	note := func(name string) func() { return func() { order = append(order, name) } }
	never := time.AfterFunc(5*time.Millisecond, note("stopped"))
	early := time.AfterFunc(time.Hour, note("early"))
	late := time.AfterFunc(time.Millisecond, note("late"))
	if !never.Stop() || !early.Reset(10*time.Millisecond) || !late.Reset(40*time.Millisecond) {
		return "a timer had fired before its time", nil
	}
	<-time.After(100 * time.Millisecond)
	if got := fmt.Sprint(order); got != "[early late]" {
		return "timers fired in the order " + got, nil
	}
	// The times of a ticker are those that were asked for, however late somebody
	// looks: each is due a period after the one before.
	const period = 5 * time.Millisecond
	tick := time.NewTicker(period)
	defer tick.Stop()
	start := time.Now()
	for n := range 40 {
		<-tick.C
		if early := period*time.Duration(n+1) - time.Since(start); early > 0 {
			return fmt.Sprintf("tick %d came %v before its time", n, early), nil
		}
	}
	tick.Reset(time.Hour)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	select {
	case <-tick.C:
		return "a ticker that was reset ticked", nil
	case <-ctx.Done():
	}
	if ctx.Err() != context.DeadlineExceeded {
		return fmt.Sprint("a deadline ended with ", ctx.Err()), nil
	}
	return "", nil
}

func (program) Sow() {
	go func() {
		time.Sleep(time.Millisecond)
		reaped++
	}()
}

func (program) Reaped() uint32 { return reaped }

var (
	sharedMu sync.Mutex
	shared   = make(chan uint64, 1)
)

func init() { shared <- 0 }

func (program) Share(_ context.Context, n uint32) (uint64, error) {
	sum := uint64(n)
	for i := range n % 5 {
		sharedMu.Lock()
		if i%2 == 0 {
			time.Sleep(time.Microsecond * time.Duration(n%7))
		}
		sharedMu.Unlock()
		total := <-shared
		shared <- total + 1
		sum += uint64(i)
	}
	return sum, nil
}

func (program) WaitForCancel(ctx context.Context) (uint32, error) {
	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-gate:
		return 1, nil
	}
}

func (program) Bytes(context.Context) (*wit.ByteReader, error) {
	w, r := wit.NewByteStream()
	go func() {
		defer w.Close()
		for {
			if _, err := w.Write(make([]byte, 10)); err != nil {
				return
			}
		}
	}()
	return r, nil
}

func (program) Texts(_ context.Context, n uint32) (*wit.StreamReader[string], error) {
	w, r := wit.NewStream[string]()
	go func() {
		defer w.Close()
		for i := range n {
			if _, err := w.Write([]string{fmt.Sprint("text ", i)}); err != nil {
				return
			}
		}
	}()
	return r, nil
}

// kept keeps promises from the collector.
var kept []*wit.Promise[string]

func (program) Never() *wit.Future[string] {
	p, f := wit.NewFuture(func() (string, error) { return "was closed", nil })
	kept = append(kept, p)
	return f
}

func (program) Forgotten() *wit.Future[string] {
	_, f := wit.NewFuture(func() (string, error) { return "was forgotten", nil })
	return f
}

type lock struct{}

var locks uint32

func (program) NewLock() keeper.Lock {
	locks++
	return &lock{}
}

func (program) LockCount() uint32 { return locks }

func (*lock) Hold(context.Context) (uint32, error) {
	held++
	<-gate
	return locks, nil
}

var closed = make(chan uint32)

func (program) LockWait(context.Context) (uint32, error) { return <-closed, nil }

func (*lock) Close() error {
	locks--
	select {
	case closed <- locks:
	default:
	}
	return nil
}

func counts(name string) (n uint64) {
	var text strings.Builder
	wit.DumpTasks(&text)
	head, _, _ := strings.Cut(text.String(), "\n")
	_, rest, _ := strings.Cut(head, " "+name+": ")
	fmt.Sscan(rest, &n)
	return n
}

func (program) Tasks() uint32 { return uint32(counts("tasks")) }

func (program) Collect(context.Context) error {
	runtime.GC()
	return nil
}

func (program) Nothing(context.Context) error { return nil }

func (program) AtOnce() uint64 { return counts("ended at once") }

func (program) Callbacks() uint64 { return counts("callbacks") }

var (
	signal   chan struct{}
	passed   chan struct{}
	answered uint32
)

func (program) Gather(context.Context) error {
	signal, passed = make(chan struct{}), make(chan struct{})
	ask := func() {
		<-signal
		if text, err := teller.Tell(context.Background(), 10); err == nil && text == strings.Repeat("told ", 10) {
			answered++
		}
	}
	go ask()
	go func() {
		<-signal
		passed <- struct{}{}
	}()
	go ask()
	return nil
}

func (program) Crowd() {
	close(signal)
	<-passed
}

func (program) Answered() uint32 { return answered }

func (program) Ask() string {
	// A timer is no reason to wait until it is due.
	defer time.AfterFunc(time.Hour, func() {}).Stop()
	text := make(chan string)
	for range 2 {
		go func() {
			s, err := teller.Know(context.Background(), 1)
			if err != nil {
				s = err.Error()
			}
			text <- s
		}()
	}
	return <-text + <-text
}
