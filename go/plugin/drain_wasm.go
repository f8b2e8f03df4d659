package plugin

import "tenon.dev/go/abi"

// The build has exports call this one when it is told to drain; it does not
// stay in the finished module.
//
//go:wasmexport tenon:drain
func drain() { abi.Drain() }
