// Command runner calls another component a million times, checks every answer,
// and that its own memory stays flat.
package main

import (
	"fmt"
	"runtime"
	"strconv"

	"example.com/runner/wit/bench/bench/api"
	"example.com/runner/wit/export/runner"
)

const calls = 1_000_000

type program struct{}

func (program) Run() string {
	var settled uint64
	for i := range calls {
		name := strconv.Itoa(i)
		if answer := api.Greet(name); answer != "Hello, "+name+"!" {
			return fmt.Sprintf("call %d was answered %q", i, answer)
		}
		if i%50_000 != 49_999 {
			continue
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		if settled == 0 {
			settled = m.Sys
		} else if m.Sys > settled+8<<20 {
			return fmt.Sprintf("after %d calls the memory has grown from %d to %d bytes", i+1, settled, m.Sys)
		}
	}
	if problem := lists(); problem != "" {
		return problem
	}
	return "all right"
}

// lists passes larger values, which live in blocks of their own.
func lists() string {
	for n := range 200 {
		xs := make([]uint32, n*100)
		points := make([]api.Point, n)
		var want uint64
		for i := range xs {
			xs[i] = uint32(i)
			want += uint64(i)
		}
		for i := range points {
			points[i] = api.Point{X: float64(i), Y: -float64(i), Label: strconv.Itoa(i)}
		}
		if got := api.Sum(xs); got != want {
			return fmt.Sprintf("sum of %d: %d, not %d", len(xs), got, want)
		}
		bytes := make([]byte, n*1000)
		if got := api.EchoBytes(bytes); len(got) != len(bytes) {
			return fmt.Sprintf("echo of %d bytes: %d", len(bytes), len(got))
		}
		for i, got := range api.EchoPoints(points) {
			if got != points[i] {
				return fmt.Sprintf("echo of point %d of %d: %v", i, n, got)
			}
		}
	}
	return ""
}

func init() { runner.Export(program{}) }

func main() {}
