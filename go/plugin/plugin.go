// Package plugin is for core modules with go:wasmexport functions, which
// predate components; tenon build --core makes them.
//
// An exported function returns to the host as soon as it returns in Go:
// goroutines that it made runnable go on at the host's next call. Drain lets
// them run first. With drain = true under [core] in tenon.toml, the build has
// every export do so, if the program imports this package.
package plugin

import "tenon.dev/go/abi"

// Drain lets all goroutines run until every one of them is parked: waits for a
// channel, a mutex, a timer or a descriptor. Call it last in an exported
// function. Timers that are still to fire do so in a later call.
func Drain() { abi.Drain() }
