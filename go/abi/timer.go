package abi

import "time"

// A hostTimer is a subtask of wasi:clocks wait-for that stands for Go's next
// timer. Another is started only when the instance is left with a timer
// pending that is due before any of them; one that fires for nothing costs a
// look. When Go has no timer at all any more they are cancelled, so that the
// tasks which began them can end.
type hostTimer struct {
	waitable
	at time.Duration // when it is due, since started
}

// timers are the subtasks under way, the one that is due first at the end.
var timers []*hostTimer

// maxTimers is how many of them one task may have. Cancelling is a synchronous
// call, so a program that sets ever earlier timers is allowed a few.
const maxTimers = 4

// started is where the timers' time begins. Only the monotonic clock is read
// against it: reading the wall clock would cost a call of the host each time.
var started = time.Now()

func sinceStart() time.Duration { return time.Since(started) }

// slack is how much earlier a new deadline must be to be worth a new subtask.
const slack = 50 * time.Microsecond

// arm sees to it that the host comes back in d nanoseconds, at the latest. It
// reports whether the time is up already.
func (t *Task) arm(d int64) bool {
	at := sinceStart() + time.Duration(d)
	if n := len(timers); n > 0 && timers[n-1].at-at <= slack {
		return false
	}
	if t.returned && lingerer != nil && lingerer != t {
		lingerer.wake() // it stays anyway, and this one need not
		return false
	}
	status := waitFor(max(d, 0))
	if status&0xf == subtaskReturned {
		return true
	}
	counts.Timers++
	timer := &hostTimer{at: at}
	timer.handle, timer.bound = status>>4, true
	timers = append(timers, timer)
	timer.await(timer)
	t.limitTimers()
	return false
}

// limitTimers cancels the last of t's timers to be due if they are too many.
func (t *Task) limitTimers() {
	mine := 0
	for i := len(timers) - 1; i >= 0; i-- {
		if timers[i].home != t {
			continue
		}
		if mine++; mine > maxTimers {
			timers[i].abort()
		}
	}
}

// happened is the subtask's event. Go's scheduler sees by itself that timers
// are due.
func (h *hostTimer) happened(state uint32) {
	if state < subtaskReturned {
		return
	}
	h.leave()
	h.end()
}

// abort cancels the subtask. Its home task is current.
func (h *hostTimer) abort() {
	h.leave()
	subtaskCancel(h.handle)
	h.end()
}

func (h *hostTimer) about() string {
	return "a timer that is due in " + (h.at - sinceStart()).Round(time.Millisecond).String()
}

func (h *hostTimer) end() {
	subtaskDrop(h.handle)
	for i, other := range timers {
		if other == h {
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
			timers[i].abort()
		case home.returned:
			home.wake()
		}
	}
}
