package abi

import "time"

// One subtask of wasi:clocks wait-for stands for Go's next timer. It is armed
// when the instance is left with a timer pending, and again only when an
// earlier one has come up.
type hostTimer struct {
	subtask
	armed bool
	at    time.Time
}

var clock hostTimer

// slack is how much earlier a new deadline must be to be worth a new subtask.
const slack = 50 * time.Microsecond

// arm sees to it that the host comes back in d nanoseconds, at the latest. It
// reports whether the time is up already.
func (t *hostTimer) arm(d int64) bool {
	at := time.Now().Add(time.Duration(d))
	if t.armed {
		if !at.Add(slack).Before(t.at) {
			return false
		}
		t.disarm()
	}
	status := waitFor(max(d, 0))
	if status&0xf == subtaskReturned {
		return true
	}
	t.handle, t.state, t.at, t.armed = status>>4, status&0xf, at, true
	t.event = t.fire
	t.await()
	return false
}

// fire is the subtask's event. Go's scheduler sees by itself that timers are
// due.
func (t *hostTimer) fire(state uint32) {
	t.state = state
	if state < subtaskReturned {
		return
	}
	t.leave()
	subtaskDrop(t.handle)
	t.armed = false
}

// disarm cancels the subtask. An asynchronous task is current.
func (t *hostTimer) disarm() {
	if !t.armed {
		return
	}
	t.armed = false
	t.leave()
	subtaskCancel(t.handle)
	subtaskDrop(t.handle)
}
