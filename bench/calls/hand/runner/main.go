// Command runner calls the component of ../test without generated bindings and
// without the runtime. Its memory management is not safe for more than this
// benchmark. The rows and the measuring are those of ../../go/runner.
package main

import (
	"fmt"
	"runtime"
	"strings"
	"time"
	"unsafe"
)

type point struct {
	x, y  float64
	label string
}

type span struct{ data, size uint32 }

type rawPoint struct {
	x, y  float64
	label span
}

var (
	area    span
	block   [1 << 20]byte // what the callee wrote
	used    uint32
	lowered []rawPoint
	result  string
)

//go:nosplit
//go:wasmexport cabi_realloc
func cabiRealloc(old, oldSize, align, size uint32) uint32 {
	start := (used + align - 1) &^ (align - 1)
	used = start + size
	return uint32(uintptr(unsafe.Pointer(&block))) + start
}

func ptr(addr uint32) unsafe.Pointer { return unsafe.Add(unsafe.Pointer(nil), uintptr(addr)) }

func addr(p unsafe.Pointer) uint32 { return uint32(uintptr(p)) }

func text(s span) string { return string(unsafe.Slice((*byte)(ptr(s.data)), s.size)) }

//go:wasmimport bench:bench/api add
func add(a, b uint32) uint32

//go:wasmimport bench:bench/api greet
func importGreet(data unsafe.Pointer, n uint32, ret unsafe.Pointer)

//go:wasmimport bench:bench/api sum
func importSum(data unsafe.Pointer, n uint32) uint64

//go:wasmimport bench:bench/api echo-bytes
func importEchoBytes(data unsafe.Pointer, n uint32, ret unsafe.Pointer)

//go:wasmimport bench:bench/api echo-points
func importEchoPoints(data unsafe.Pointer, n uint32, ret unsafe.Pointer)

//go:wasmimport bench:bench/counts mallocs
func countsMallocs() uint64

func greet(name string) string {
	importGreet(unsafe.Pointer(unsafe.StringData(name)), uint32(len(name)), unsafe.Pointer(&area))
	s := text(area)
	used = 0
	return s
}

func sum(xs []uint32) uint64 { return importSum(unsafe.Pointer(unsafe.SliceData(xs)), uint32(len(xs))) }

func echoBytes(b []byte) []byte {
	importEchoBytes(unsafe.Pointer(unsafe.SliceData(b)), uint32(len(b)), unsafe.Pointer(&area))
	b = append([]byte(nil), unsafe.Slice((*byte)(ptr(area.data)), area.size)...)
	used = 0
	return b
}

func echoPoints(ps []point) []point {
	lowered = lowered[:0]
	for _, p := range ps {
		lowered = append(lowered, rawPoint{p.x, p.y, span{addr(unsafe.Pointer(unsafe.StringData(p.label))), uint32(len(p.label))}})
	}
	importEchoPoints(unsafe.Pointer(unsafe.SliceData(lowered)), uint32(len(ps)), unsafe.Pointer(&area))
	v := make([]point, area.size)
	for i, p := range unsafe.Slice((*rawPoint)(ptr(area.data)), area.size) {
		v[i] = point{p.x, p.y, text(p.label)}
	}
	used = 0
	return v
}

//go:wasmexport run
func export() unsafe.Pointer {
	result = run()
	area = span{addr(unsafe.Pointer(unsafe.StringData(result))), uint32(len(result))}
	return unsafe.Pointer(&area)
}

const (
	rounds = 15                    // the fastest counts: the machine has other work, too
	round  = 40 * time.Millisecond // long enough for several collections
)

// run is rows of a name, nanoseconds per call, and allocations per call here
// and in the other component.
func run() string {
	name := "fifteen letters"
	numbers := make([]uint32, 1000)
	for i := range numbers {
		numbers[i] = uint32(i)
	}
	bytes := make([]byte, 64<<10)
	points := make([]point, 100)
	for i := range points {
		points[i] = point{float64(i), float64(i), fmt.Sprintf("point %d", i)}
	}

	var rows []string
	row := func(name string, call func(calls int)) {
		rows = append(rows, name+" "+measure(call))
	}
	row("add", func(calls int) {
		for range calls {
			must(add(1, 2) == 3)
		}
	})
	row("greet", func(calls int) {
		for range calls {
			must(len(greet(name)) == len(name)+len("Hello, !"))
		}
	})
	row("sum", func(calls int) {
		for range calls {
			must(sum(numbers) == 499_500)
		}
	})
	row("echo-bytes", func(calls int) {
		for range calls {
			must(len(echoBytes(bytes)) == len(bytes))
		}
	})
	row("echo-points", func(calls int) {
		for range calls {
			must(len(echoPoints(points)) == len(points))
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
	here, there := mallocs(), countsMallocs()
	fastest := time.Duration(1<<63 - 1)
	for range rounds {
		start := time.Now()
		call(calls)
		fastest = min(fastest, time.Since(start))
	}
	here, there = mallocs()-here, countsMallocs()-there
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

func main() {}
