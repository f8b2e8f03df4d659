// Command runner receives strings for a while, and says how long each takes,
// what it allocates, and how often the collector runs.
package main

import (
	"fmt"
	"runtime"
	"strings"
	"time"

	"example.com/bench/memory/runner/wit/bench/memory/source"
	runner "example.com/bench/memory/runner/wit/export/runner"
)

const (
	rounds = 9                     // the fastest counts: the machine has other work, too
	round  = 60 * time.Millisecond // long enough for several collections
)

type program struct{}

// Run is rows of a size, nanoseconds per string, bytes allocated per string,
// and collections per string.
func (program) Run() string {
	var rows []string
	for _, size := range []uint32{16, 256, 4 << 10, 8 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20} {
		rows = append(rows, fmt.Sprintf("%d %s", size, measure(size)))
	}
	return strings.Join(rows, ";")
}

func measure(size uint32) string {
	calls := 1
	for {
		took := receive(size, calls)
		if took >= round/2 {
			calls = int(int64(calls) * int64(round) / int64(took))
			break
		}
		calls *= 2
	}
	before := stats()
	fastest := time.Duration(1<<63 - 1)
	for range rounds {
		fastest = min(fastest, receive(size, calls))
	}
	after := stats()
	all := float64(rounds * calls)
	return fmt.Sprintf("%.1f %.1f %.4f",
		float64(fastest.Nanoseconds())/float64(calls),
		float64(after.TotalAlloc-before.TotalAlloc)/all,
		float64(after.NumGC-before.NumGC)/all)
}

// receive keeps the last string, as a program that works on it would.
var kept string

func receive(size uint32, calls int) time.Duration {
	start := time.Now()
	for range calls {
		kept = source.Text(size)
		if len(kept) != int(size) || kept[size-1] != '\n' {
			panic("a call gave a wrong result")
		}
	}
	return time.Since(start)
}

func stats() (stats runtime.MemStats) {
	runtime.ReadMemStats(&stats)
	return stats
}

func init() { runner.Export(program{}) }

func main() {}
