package wit

import (
	"io"

	"tenon.dev/go/abi"
)

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

// DumpTasks writes what the calls of the component's asynchronous functions are
// doing that are under way, for finding out what hangs. With TENON_DEBUG=tasks in the
// environment it knows where in the program each of them waits.
func DumpTasks(w io.Writer) { abi.DumpTasks(w) }
