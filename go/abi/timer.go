package abi

import "time"

// A hostTimer is a subtask of wasi:clocks wait-for that stands for Go's next
// timer. One is started when the instance is left with a timer pending that is
// due before any of them; so there are few. One that fires for nothing costs a
// look. When Go has no timer at all any more they are cancelled, so that the
// tasks which began them can end.
type hostTimer struct {
	waitable
	at time.Duration // when it is due, since started
}

// timers are the subtasks under way, the one that is due first at the end.
var timers []*hostTimer

// started is where the timers' time begins. Only the monotonic clock is read
// against it: reading the wall clock would cost a call of the host each time.
var started = time.Now()

// slack is how much earlier a new deadline must be to be worth a new subtask.
const slack = 50 * time.Microsecond

// arm sees to it that the host comes back in d nanoseconds, at the latest. It
// reports whether the time is up already.
func arm(d int64) bool {
	at := time.Since(started) + time.Duration(d)
	if n := len(timers); n > 0 && at+slack >= timers[n-1].at {
		return false
	}
	status := waitFor(max(d, 0))
	if status&0xf == subtaskReturned {
		return true
	}
	t := &hostTimer{at: at}
	t.handle = status >> 4
	t.event, t.abort, t.bound = t.fire, t.stop, true
	timers = append(timers, t)
	t.await()
	return false
}

// fire is the subtask's event. Go's scheduler sees by itself that timers are
// due.
func (t *hostTimer) fire(state uint32) {
	if state < subtaskReturned {
		return
	}
	t.leave()
	t.end()
}

// stop cancels the subtask. Its home task is current.
func (t *hostTimer) stop() {
	t.leave()
	subtaskCancel(t.handle)
	t.end()
}

func (t *hostTimer) end() {
	subtaskDrop(t.handle)
	for i, other := range timers {
		if other == t {
			timers = append(timers[:i], timers[i+1:]...)
			return
		}
	}
}

// disarm cancels the timers that t began, as Go has none, and lets tasks that
// linger for theirs do the same.
func (t *Task) disarm() {
	for i := len(timers) - 1; i >= 0; i-- {
		switch home := timers[i].home; {
		case home == t:
			timers[i].stop()
		case home.returned:
			home.wake()
		}
	}
}
