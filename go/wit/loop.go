package wit

import "tenon.dev/go/abi"

// Yield returns to the host and comes back, so that a goroutine which computes
// for long does not keep timers and other events waiting.
func Yield() { abi.Yield() }

// LimitTasks has the host hold back new calls of the component's asynchronous
// functions while n of them are under way. 0, which is the default, lifts the
// limit. A call counts until it has returned.
func LimitTasks(n int) { abi.LimitTasks(n) }

// HoldTasks has the host hold back new calls of the component's asynchronous
// functions until release is called. Calls under way go on. Several may hold at
// a time; releasing twice is harmless.
func HoldTasks() (release func()) { return abi.HoldTasks() }
