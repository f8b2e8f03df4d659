// Command greeter answers the calls, and checks that its memory stays flat.
package main

import (
	"fmt"
	"runtime"

	"example.com/greeter/wit/export/bench/bench/api"
)

type greeter struct{}

var calls, settled uint64

func (greeter) Greet(name string) string {
	if calls++; calls%50_000 == 0 {
		checkMemory()
	}
	return "Hello, " + name + "!"
}

// checkMemory compares with how much memory there was after the first calls.
func checkMemory() {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if settled == 0 {
		settled = m.Sys
	} else if m.Sys > settled+8<<20 {
		panic(fmt.Sprintf("after %d calls the memory has grown from %d to %d bytes", calls, settled, m.Sys))
	}
}

func (greeter) Add(a, b uint32) uint32 { return a + b }

func (greeter) Sum(xs []uint32) uint64 {
	var sum uint64
	for _, x := range xs {
		sum += uint64(x)
	}
	return sum
}

func (greeter) EchoBytes(b []byte) []byte { return b }

func (greeter) EchoPoints(ps []api.Point) []api.Point { return ps }

func init() { api.Export(greeter{}) }

func main() {}
