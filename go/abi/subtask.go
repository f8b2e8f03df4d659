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

// A subtask is a call of the host's that has not returned at once.
type subtask struct {
	waitable
	state uint32
	done  signal
	asked bool     // to be cancelled: the loop may still know it
	next  *subtask // in freeSubtasks
}

var freeSubtasks *subtask

func newSubtask(status uint32) *subtask {
	s := freeSubtasks
	if s == nil {
		s = &subtask{done: newSignal()}
	} else {
		freeSubtasks, s.next = s.next, nil
	}
	s.handle, s.state = status>>4, status&0xf
	s.bound = true
	return s
}

// NewAsyncCall starts the record of a call of an asynchronous import. What the
// host brings back it lowers in the task that made the call, so that must not
// be one which is about to end.
func NewAsyncCall() *Call {
	awaitTurn()
	return NewCall()
}

// Await waits until the async call that gave status has returned. When ctx
// ends first, the call is cancelled. An error means that it was, and that
// there is no result; a call that returned in spite of it has one.
func (c *Call) Await(ctx context.Context, status uint32) error {
	if status&0xf == subtaskReturned {
		return nil
	}
	s := newSubtask(status)
	s.await(s)
	select {
	case <-s.done:
	case <-ctx.Done():
		s.asked = true
		cancelSoon(s)
		<-s.done
	}
	state := s.state
	s.made, s.owner = nil, nil
	if !s.asked {
		// Nobody else knows it.
		s.next, freeSubtasks = freeSubtasks, s
	}
	switch state {
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

// happened takes in the subtask's new state.
func (s *subtask) happened(state uint32) {
	s.state = state
	if state < subtaskReturned {
		return
	}
	s.leave()
	subtaskDrop(s.handle)
	s.done.raise()
}

// cancel ends the call, if it has not ended in the meantime.
func (s *subtask) cancel() {
	if s.state >= subtaskReturned {
		return
	}
	// A waitable must be in no set while it is used synchronously.
	s.leave()
	s.state = subtaskCancel(s.handle)
	subtaskDrop(s.handle)
	s.done.raise()
}

func (s *subtask) abort() { s.cancel() }

func (s *subtask) about() string {
	if s.state == subtaskStarting {
		return "a call that has not started: the other side holds back"
	}
	return "a call"
}
