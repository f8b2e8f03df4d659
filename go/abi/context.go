package abi

import (
	"context"
	"errors"
	"time"
)

// A taskContext is the context of an exported function. Most functions never
// look at theirs, so the real one is made when somebody does.
type taskContext struct {
	real  context.Context
	end   context.CancelCauseFunc
	cause error // why it has ended; nil before
}

var (
	errCancelled = context.Canceled
	errReturned  = errors.New("the exported function has returned")
)

var _ context.Context = (*taskContext)(nil)

// Context ends when the caller cancels the call, and when the call has
// returned.
func (t *Task) Context() context.Context {
	if t.ctx == nil {
		t.ctx = new(taskContext)
		if t.cancelled {
			t.ctx.cause = errCancelled
		}
	}
	return t.ctx
}

// cancel ends the context, if it has not ended before.
func (c *taskContext) cancel(cause error) {
	if c.cause != nil {
		return
	}
	c.cause = cause
	if c.end != nil {
		c.end(cause)
		Stir()
	}
}

func (c *taskContext) context() context.Context {
	if c.real == nil {
		c.real, c.end = context.WithCancelCause(context.Background())
		if c.cause != nil {
			c.end(c.cause)
		}
	}
	return c.real
}

// Deadline implements context.Context.
func (c *taskContext) Deadline() (time.Time, bool) { return time.Time{}, false }

// Done implements context.Context.
func (c *taskContext) Done() <-chan struct{} { return c.context().Done() }

// Err implements context.Context.
func (c *taskContext) Err() error {
	if c.cause == nil {
		return nil
	}
	return context.Canceled
}

// Value implements context.Context. Package context asks for the real one here.
func (c *taskContext) Value(key any) any { return c.context().Value(key) }
