package abi

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

func resumeYielded() {
	batch := yielded
	yielded = nil
	for _, s := range batch {
		s.raise()
	}
}
