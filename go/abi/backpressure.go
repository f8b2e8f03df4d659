package abi

import "sync"

// How many tasks may be under way at a time, 0 for any number; how many are;
// how many callers of HoldTasks want no new ones; and whether the host has been
// asked to hold new ones back.
var (
	taskLimit int
	underWay  int
	holds     int
	held      bool
)

// LimitTasks has the host hold back new calls of asynchronous exports while n
// of them are under way. 0 lifts the limit.
func LimitTasks(n int) {
	taskLimit = max(n, 0)
	regulateNow()
}

// HoldTasks has the host hold back new calls of asynchronous exports until
// release is called.
func HoldTasks() (release func()) {
	holds++
	regulateNow()
	return sync.OnceFunc(func() {
		holds--
		regulateNow()
	})
}

// regulateNow is regulate in code that may run before the first export has:
// then the first one sees to it.
func regulateNow() {
	if current != nil || running.size > 0 {
		regulate()
	}
}

// regulate asks the host to hold new tasks back, or to let them come. An export
// is running.
func regulate() {
	full := holds > 0 || taskLimit > 0 && underWay >= taskLimit
	switch {
	case full && !held:
		backpressureInc()
	case held && !full:
		backpressureDec()
	}
	held = full
}
