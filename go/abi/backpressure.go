package abi

// How many tasks may be under way at a time, 0 for any number; how many are;
// and whether the host has been asked to hold new ones back.
var (
	taskLimit int
	underWay  int
	held      bool
)

// LimitTasks has the host hold back new calls of asynchronous exports while n
// of them are under way. 0 lifts the limit.
func LimitTasks(n int) {
	taskLimit = max(n, 0)
	if current != nil {
		regulate()
	}
}

// regulate asks the host to hold new tasks back, or to let them come. A task
// is current.
func regulate() {
	full := taskLimit > 0 && underWay >= taskLimit
	switch {
	case full && !held:
		backpressureInc()
	case held && !full:
		backpressureDec()
	}
	held = full
}
