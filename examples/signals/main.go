// Command signals is a plugin as the go:wasmexport proposal describes them: a
// core module, not a component, for a host that calls its exports directly.
// start begins a goroutine, and the host's later calls send to it.
package main

import (
	"fmt"

	_ "tenon.dev/go/plugin"
)

// A signal is what one call of the host says.
type signal struct {
	from  string
	value int32
}

var (
	signals = make(chan signal, 16)
	total   int32
)

//go:wasmexport start
func start() { go run() }

//go:wasmexport process_a
func processA(value int32) int32 { return process(signal{"a", value}) }

//go:wasmexport process_b
func processB(value int32) int32 { return process(signal{"b", value}) }

// process hands the signal on. It returns the total as it is at this moment.
func process(s signal) int32 {
	signals <- s
	return total
}

//go:wasmexport current
func current() int32 { return total }

func main() {}

// run receives signals for as long as the instance lives.
func run() {
	for s := range signals {
		total += s.value
		fmt.Printf("%s brings %d, the total is %d\n", s.from, s.value, total)
	}
}
