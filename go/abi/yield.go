package abi

import "unsafe"

// yielded are the goroutines that wait for the host to have had a turn.
var yielded []signal

// Yield returns to the host and comes back, so that timers and other events
// are seen by a goroutine that never blocks.
func Yield() {
	if current == nil {
		return // a synchronous export cannot be left
	}
	s := newSignal()
	pin()
	yielded = append(yielded, s)
	unpin()
	<-s
}

// polled is where the host puts an event that poll asks for: a waitable and a
// code.
var polled [2]uint32

// poll takes in the events of t's set. The host reports none by itself to a
// task that yields, so a loop of yields would never see one.
func (t *Task) poll() {
	for len(t.guests) > 0 && waitableSetPoll(t.set, unsafe.Pointer(&polled)) != eventNone {
		waitables[polled[0]].event(polled[1])
	}
}

func resumeYielded() {
	batch := yielded
	yielded = nil
	for _, s := range batch {
		s.raise()
	}
}
