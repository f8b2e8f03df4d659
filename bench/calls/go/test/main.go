// Command test does the least that each function asks for.
package main

import (
	"runtime"

	"example.com/bench/calls/test/wit/export/bench/bench/api"
	"example.com/bench/calls/test/wit/export/bench/bench/counts"
)

type service struct{}

func (service) Add(a, b uint32) uint32 { return a + b }

func (service) Greet(name string) string { return "Hello, " + name + "!" }

func (service) Sum(xs []uint32) uint64 {
	var sum uint64
	for _, x := range xs {
		sum += uint64(x)
	}
	return sum
}

func (service) EchoBytes(b []byte) []byte { return b }

func (service) EchoPoints(ps []api.Point) []api.Point { return ps }

func (service) Mallocs() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.Mallocs
}

func init() {
	api.Export(service{})
	counts.Export(service{})
}

func main() {}
