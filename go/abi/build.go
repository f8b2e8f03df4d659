package abi

import "strconv"

// What tenon.toml says under [build] comes here by the linker's flag -X.
var (
	buildMaxTasks string // max-tasks
	buildDrain    string // drain
)

// drainSync says that a synchronous export returns when every goroutine is
// parked.
var drainSync bool

// restless is drainSync, or that there are tasks.
var restless bool

func init() {
	drainSync = buildDrain == "true"
	restless = drainSync
	if n, err := strconv.Atoi(buildMaxTasks); err == nil {
		taskLimit = n
	}
}

// leaving is what is left to do when the function of a synchronous export has
// returned, if restless. Goroutines that it made
// runnable go on now or at the host's next call. When tasks wait, one is woken:
// otherwise nobody might call.
func leaving() {
	if drainSync {
		idle()
	}
	if n := len(roster); n > 0 && yielder == nil {
		roster[n-1].wake()
	}
}
