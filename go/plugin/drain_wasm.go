//lint:file-ignore U1000 the host calls what is exported here, and staticcheck does not know of go:wasmexport

package plugin

import "tenon.dev/go/abi"

// The build has exports call this one when it is told to drain; it does not
// stay in the finished module.
//
//go:wasmexport tenon:drain
func drain() { abi.Drain() }
