package wit

import "tenon.dev/go/abi"

// Yield returns to the host and comes back, so that a goroutine which computes
// for long does not keep timers and other events waiting.
func Yield() { abi.Yield() }
