// Command runner makes asynchronous calls and reads streams for a while, and
// says how long that takes and what it allocates.
package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"time"

	"example.com/bench/async/runner/wit/bench/tasks/api"
	"example.com/bench/async/runner/wit/export/runner"
)

const (
	rounds = 9                     // the fastest counts: the machine has other work, too
	round  = 40 * time.Millisecond // long enough for several collections
)

// Of a stream, so much is read in a round.
func total(chunk int) uint64 { return uint64(min(64<<20, chunk*4000)) }

type program struct{}

// Run is rows of a name, nanoseconds per operation, and allocations per
// operation here and in the other component.
func (program) Run(ctx context.Context) (string, error) {
	var rows []string
	row := func(name string, operations int, run func(n int)) {
		rows = append(rows, name+" "+measure(operations, run))
	}
	row("now", 0, func(n int) {
		for range n {
			must(api.Now(1) == 1)
		}
	})
	row("trivial", 0, func(n int) { repeat(ctx, n, api.Trivial) })
	row("blocked", 0, func(n int) { repeat(ctx, n, api.Blocked) })
	for _, tasks := range []int{1, 100, 10_000} {
		row(fmt.Sprintf("in-flight-%d", tasks), tasks, func(n int) { flight(ctx, n) })
	}
	for chunk := 64; chunk <= 1<<20; chunk *= 4 {
		row(fmt.Sprintf("bytes-%d", chunk), int(total(chunk)/uint64(chunk)), func(int) { bytes(ctx, chunk) })
		row(fmt.Sprintf("numbers-%d", chunk), int(total(chunk)/uint64(chunk)), func(int) { numbers(ctx, chunk) })
	}
	return strings.Join(rows, ";"), nil
}

func repeat(ctx context.Context, n int, call func(context.Context, uint32) (uint32, error)) {
	for range n {
		got, err := call(ctx, 1)
		must(err == nil && got == 1)
	}
}

// flight has n calls under way at a time.
func flight(ctx context.Context, n int) {
	var all sync.WaitGroup
	begun := 0
	for i := range uint32(n) {
		all.Add(1)
		go func() {
			defer all.Done()
			begun++
			got, err := api.Parked(ctx, i)
			must(err == nil && got == i)
		}()
	}
	for begun < n {
		runtime.Gosched()
	}
	must(api.Release(ctx) == nil)
	all.Wait()
}

func bytes(ctx context.Context, chunk int) {
	r, err := api.Bytes(ctx, total(chunk), uint32(chunk))
	must(err == nil)
	defer r.Close()
	buf := make([]byte, chunk)
	for got := uint64(0); ; {
		n, err := r.Read(buf)
		got += uint64(n)
		if err == io.EOF {
			must(got == total(chunk))
			return
		}
		must(err == nil)
	}
}

func numbers(ctx context.Context, chunk int) {
	r, err := api.Numbers(ctx, total(chunk), uint32(chunk))
	must(err == nil)
	defer r.Close()
	buf := make([]uint32, chunk/4)
	for got := uint64(0); ; {
		n, err := r.Read(buf)
		got += uint64(n) * 4
		if err == io.EOF {
			must(got == total(chunk))
			return
		}
		must(err == nil)
	}
}

// measure repeats a number of operations, or as many as take about a round.
func measure(operations int, run func(n int)) string {
	if operations == 0 {
		for operations = 1; ; operations *= 2 {
			start := time.Now()
			run(operations)
			if took := time.Since(start); took >= round/2 {
				operations = int(int64(operations) * int64(round) / int64(took))
				break
			}
		}
	}
	run(operations) // what is kept for the next time is there
	here, there := mallocs(), api.Mallocs()
	fastest := time.Duration(1<<63 - 1)
	for range rounds {
		start := time.Now()
		run(operations)
		fastest = min(fastest, time.Since(start))
	}
	here, there = mallocs()-here, api.Mallocs()-there
	all := float64(rounds * operations)
	return fmt.Sprintf("%.1f %.2f %.2f",
		float64(fastest.Nanoseconds())/float64(operations), float64(here)/all, float64(there)/all)
}

func mallocs() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.Mallocs
}

func must(right bool) {
	if !right {
		panic("a call gave a wrong result")
	}
}

func init() { runner.Export(program{}) }

func main() {}
