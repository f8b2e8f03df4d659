// Command test is the component without generated bindings and without the
// runtime: what Go's compiler and allocator cost by themselves. Its memory
// management is not safe for more than this benchmark.
package main

import (
	"runtime"
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
	area  span
	block [1 << 20]byte // what the caller wrote
	used  uint32
	out   []rawPoint
	kept  string
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

func text(addr, n uint32) string { return string(unsafe.Slice((*byte)(ptr(addr)), n)) }

//go:wasmexport bench:bench/api#add
func add(a, b uint32) uint32 { return a + b }

type implementation struct{}

type service interface{ Greet(string) string }

func (implementation) Greet(name string) string { return "Hello, " + name + "!" }

//go:wasmexport bench:bench/api#greet
func greet(data, n uint32) unsafe.Pointer {
	name := text(data, n)
	used = 0
	kept = service(implementation{}).Greet(name)
	area = span{addr(unsafe.Pointer(unsafe.StringData(kept))), uint32(len(kept))}
	return unsafe.Pointer(&area)
}

//go:wasmexport bench:bench/api#sum
func sum(data, n uint32) uint64 {
	xs := append([]uint32(nil), unsafe.Slice((*uint32)(ptr(data)), n)...)
	used = 0
	var sum uint64
	for _, x := range xs {
		sum += uint64(x)
	}
	return sum
}

//go:wasmexport bench:bench/api#echo-bytes
func echoBytes(data, n uint32) unsafe.Pointer {
	b := append([]byte(nil), unsafe.Slice((*byte)(ptr(data)), n)...)
	used = 0
	area = span{addr(unsafe.Pointer(unsafe.SliceData(b))), uint32(len(b))}
	return unsafe.Pointer(&area)
}

//go:wasmexport bench:bench/api#echo-points
func echoPoints(data, n uint32) unsafe.Pointer {
	ps := make([]point, n)
	for i, p := range unsafe.Slice((*rawPoint)(ptr(data)), n) {
		ps[i] = point{p.x, p.y, text(p.label.data, p.label.size)}
	}
	used = 0
	out = out[:0]
	for _, p := range ps {
		out = append(out, rawPoint{p.x, p.y, span{addr(unsafe.Pointer(unsafe.StringData(p.label))), uint32(len(p.label))}})
	}
	area = span{addr(unsafe.Pointer(unsafe.SliceData(out))), n}
	runtime.KeepAlive(ps)
	return unsafe.Pointer(&area)
}

//go:wasmexport bench:bench/counts#mallocs
func mallocs() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.Mallocs
}

func main() {}
