package abi

import (
	"runtime"
	"unsafe"
)

// round is closed when the host has had a turn; goroutines in Yield wait for
// that. It is nil when there are none.
var round chan struct{}

// yielder is the task that the host calls back because of round.
var yielder *Task

// Yield returns to the host and comes back, so that timers and other events
// are seen by a goroutine that never blocks.
func Yield() {
	if current == nil && !draining {
		runtime.Gosched() // a synchronous export cannot be left
		return
	}
	if round == nil {
		// Others may run during the allocation.
		if next := make(chan struct{}); round == nil {
			round = next
		}
	}
	<-round
}

// yields reports whether t is the one to return to the host for a moment. A
// task that has returned leaves that to another which has not: two that linger
// would leave it to each other for ever.
func (t *Task) yields() bool {
	if round == nil || yielder != nil {
		return false
	}
	if other := t.other(); t.returned && other != nil && !other.returned {
		other.wake()
		return false
	}
	return true
}

// polled is where the host puts an event that poll asks for: a waitable and a
// code.
var polled [2]uint32

// poll takes in the events of t's set. The host reports none by itself to a
// task that yields, so a loop of yields would never see one.
func (t *Task) poll() {
	for len(t.guests) > 0 && waitableSetPoll(t.set, unsafe.Pointer(&polled)) != eventNone {
		waitables[polled[0]].owner.happened(polled[1])
	}
}

func resumeYielded() {
	if round != nil {
		close(round)
		round = nil
		wakes.Add(1)
	}
}
