package abi

import "context"

// What an async-lowered call or a subtask event says, in the low four bits.
const (
	subtaskStarting                = 0
	subtaskStarted                 = 1
	subtaskReturned                = 2
	subtaskCancelledBeforeStarted  = 3
	subtaskCancelledBeforeReturned = 4
)

type subtask struct {
	waitable
	state uint32
	done  signal
}

// Await waits until the async call that gave status has returned. When ctx
// ends first, the call is cancelled. An error means that it was, and that
// there is no result; a call that returned in spite of it has one.
func (c *Call) Await(ctx context.Context, status uint32) error {
	state := status & 0xf
	if state == subtaskReturned {
		return nil
	}
	s := &subtask{state: state, done: newSignal()}
	s.handle = status >> 4
	s.event, s.abort, s.bound = s.advance, s.cancel, true
	s.await()
	select {
	case <-s.done:
	case <-ctx.Done():
		cancelSoon(s)
		<-s.done
	}
	switch s.state {
	case subtaskCancelledBeforeStarted:
		c.Ungive(0)
		return cancelled(ctx)
	case subtaskCancelledBeforeReturned:
		return cancelled(ctx)
	}
	return nil
}

// cancelled is the error of a call that was cancelled.
func cancelled(ctx context.Context) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	return context.Canceled
}

// advance takes in the subtask's new state.
func (s *subtask) advance(state uint32) {
	s.state = state
	if state < subtaskReturned {
		return
	}
	s.leave()
	subtaskDrop(s.handle)
	s.done.raise()
}

func (s *subtask) cancel() {
	if s.state >= subtaskReturned {
		return // it ended in the meantime
	}
	// A waitable must be in no set while it is used synchronously.
	s.leave()
	s.state = subtaskCancel(s.handle)
	subtaskDrop(s.handle)
	s.done.raise()
}
