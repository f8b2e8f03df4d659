// Command runner calls each function of the interface for a while and says
// how long a call takes and what it allocates. The rows and the measuring are
// those of ../../c/runner.c.
package main

import (
	"fmt"
	"runtime"
	"strings"
	"time"

	"example.com/bench/calls/runner/wit/bench/bench/api"
	"example.com/bench/calls/runner/wit/bench/bench/counts"
	runner "example.com/bench/calls/runner/wit/export/countedrunner"
)

const (
	rounds = 15                    // the fastest counts: the machine has other work, too
	round  = 40 * time.Millisecond // long enough for several collections
)

type program struct{}

// Run is rows of a name, nanoseconds per call, and allocations per call here
// and in the other component.
func (program) Run() string {
	name := "fifteen letters"
	numbers := make([]uint32, 1000)
	for i := range numbers {
		numbers[i] = uint32(i)
	}
	bytes := make([]byte, 64<<10)
	points := make([]api.Point, 100)
	for i := range points {
		points[i] = api.Point{X: float64(i), Y: float64(i), Label: fmt.Sprintf("point %d", i)}
	}

	var rows []string
	row := func(name string, call func(calls int)) {
		rows = append(rows, name+" "+measure(call))
	}
	row("add", func(calls int) {
		for range calls {
			must(api.Add(1, 2) == 3)
		}
	})
	row("greet", func(calls int) {
		for range calls {
			must(len(api.Greet(name)) == len(name)+len("Hello, !"))
		}
	})
	row("sum", func(calls int) {
		for range calls {
			must(api.Sum(numbers) == 499_500)
		}
	})
	row("echo-bytes", func(calls int) {
		for range calls {
			must(len(api.EchoBytes(bytes)) == len(bytes))
		}
	})
	row("echo-points", func(calls int) {
		for range calls {
			must(len(api.EchoPoints(points)) == len(points))
		}
	})
	return strings.Join(rows, ";")
}

// measure repeats a number of calls that takes about a round.
func measure(call func(calls int)) string {
	calls := 1
	for {
		start := time.Now()
		call(calls)
		if took := time.Since(start); took >= round/2 {
			calls = int(int64(calls) * int64(round) / int64(took))
			break
		}
		calls *= 2
	}
	here, there := mallocs(), counts.Mallocs()
	fastest := time.Duration(1<<63 - 1)
	for range rounds {
		start := time.Now()
		call(calls)
		fastest = min(fastest, time.Since(start))
	}
	here, there = mallocs()-here, counts.Mallocs()-there
	all := float64(rounds * calls)
	return fmt.Sprintf("%.1f %.2f %.2f",
		float64(fastest.Nanoseconds())/float64(calls), float64(here)/all, float64(there)/all)
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
