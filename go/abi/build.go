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

// draining says that goroutines run before a synchronous export returns.
var draining bool

// leaving is what is left to do when the function of a synchronous export has
// returned, if restless. Goroutines that it made runnable go on now or at the
// host's next call. When tasks wait, one is woken: otherwise nobody might call.
func leaving() {
	if nested > 0 {
		leaveNested()
		return
	}
	if drainSync && !draining {
		draining = true
		resumeYielded() // the host has had its turn
		idle()
		draining = false
	}
	if n := len(roster); n > 0 && yielder == nil {
		roster[n-1].wake()
	}
}

// turn is closed when a task has its turn. It is nil while nobody waits for
// that.
var turn chan struct{}

// awaitTurn keeps goroutines that run within a synchronous export from
// beginning what outlives its task, until an asynchronous one is current.
// While the export waits for one of them, that may be too late: then it goes on
// when every goroutine is parked.
func awaitTurn() {
	for draining {
		if turn == nil {
			turn = make(chan struct{})
		}
		<-turn
	}
	if bystander() {
		var deadline [8]byte
		readIdle(deadline[:])
	}
}

// bystander reports that a synchronous export runs, and on another goroutine
// than this one.
func bystander() bool {
	if current != nil && nested == 0 {
		return false
	}
	return goroutineID() != exporters[len(exporters)-1]
}

// begin makes t the current task.
func (t *Task) begin() {
	current = t
	if turn != nil {
		close(turn)
		turn = nil
		Stir()
	}
}

// leaveNested ends an export that ran within a task's turn. The turn is not
// over, and looks again when it goes on: it lets goroutines run, and there is
// nobody to be woken.
func leaveNested() {
	nested--
	exporters = exporters[:len(exporters)-1]
	Stir()
	if nested == 0 && unnested != nil {
		close(unnested)
		unnested = nil
	}
}
