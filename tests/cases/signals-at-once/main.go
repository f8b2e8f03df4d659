// Command signals is a plugin whose exports return at once, but for one.
package main

import (
	"time"

	"tenon.dev/go/plugin"
)

var (
	signals  = make(chan int32, 16)
	received int32
	fired    bool
)

//go:wasmexport start
func start() {
	go func() {
		for range signals {
			received++
		}
	}()
	go func() {
		time.Sleep(20 * time.Millisecond)
		fired = true
	}()
}

// send returns how many signals have been received when it returns.
//
//go:wasmexport send
func send(value int32) int32 {
	signals <- value
	return received
}

//go:wasmexport drain
func drain() int32 {
	plugin.Drain()
	return received
}

//go:wasmexport has_fired
func hasFired() int32 {
	plugin.Drain()
	if fired {
		return 1
	}
	return 0
}

func main() {}
