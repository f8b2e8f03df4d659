package wit

import (
	"context"
	"errors"
	"io"
	"unsafe"

	"tenon.dev/go/abi"
)

// A cell is a future both of whose ends are Go's, until the readable one is
// passed on; then the writable one goes on as a host future's.
type cell[T any] struct {
	monitor
	unresolved func() (T, error)
	state      cellState
	value      T
	err        error
	noRead     bool // the reader is closed
	closing    bool // the promise was closed while a value was offered
	given      bool // the readable end was passed on
	end        *abi.End
	t          *FutureType[T]
}

type cellState uint8

const (
	cellOpen    cellState = iota // no value yet
	cellOffered                  // Send holds out a value, and may take it back
	cellSettled                  // the value is the reader's
)

func newCell[T any](unresolved func() (T, error)) *cell[T] {
	return &cell[T]{monitor: newMonitor(), unresolved: unresolved}
}

func (c *cell[T]) settle(v T, err error) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.state != cellOpen {
		return false
	}
	c.state, c.value, c.err = cellSettled, v, err
	c.announce()
	if c.end != nil {
		c.post()
	}
	return true
}

func (c *cell[T]) close() {
	c.mu.Lock()
	open := c.state == cellOpen
	c.closing = true
	c.mu.Unlock()
	if open {
		c.settle(c.unresolved())
	}
}

func (c *cell[T]) closeReader() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.given && !c.noRead {
		c.noRead = true
		c.announce()
	}
}

func (c *cell[T]) await(ctx context.Context) (T, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var none T
	for {
		switch {
		case c.given || c.noRead:
			return none, ErrClosed
		case c.state == cellOffered:
			c.state = cellSettled
			c.announce()
			return c.value, c.err
		case c.state == cellSettled:
			return c.value, c.err
		}
		if err := c.wait(ctx); err != nil {
			return none, err
		}
	}
}

// send holds out v until the reader has taken it, and takes it back otherwise.
func (c *cell[T]) send(ctx context.Context, v T) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.state != cellOpen || c.closing {
		return ErrClosed
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	c.state, c.value = cellOffered, v
	c.announce()
	for c.state == cellOffered && !c.noRead && c.end == nil {
		if err := c.wait(ctx); err != nil && c.state == cellOffered && c.end == nil {
			return c.retract(err)
		}
	}
	switch {
	case c.state == cellSettled:
		return nil
	case c.end == nil:
		return c.retract(io.ErrClosedPipe)
	}
	c.mu.Unlock()
	err := c.transfer(ctx, v)
	c.mu.Lock()
	if err != nil {
		return c.retract(err)
	}
	c.state = cellSettled
	return nil
}

// retract ends an offer that failed with err. The promise is as it was, unless
// there is nobody who could take anything. The caller holds mu.
func (c *cell[T]) retract(err error) error {
	var none T
	c.value, c.state = none, cellOpen
	if err == io.ErrClosedPipe {
		c.state = cellSettled
		return err
	}
	if c.closing {
		c.state = cellSettled
		c.value, c.err = c.unresolved()
		c.announce()
		if c.end != nil {
			c.post()
		}
	}
	return err
}

// transfer gives v to the host, and waits until it was read.
func (c *cell[T]) transfer(ctx context.Context, v T) error {
	call := abi.NewCall()
	defer call.Free()
	p := call.Alloc(c.t.Size, c.t.Align)
	if c.t.Lower != nil {
		c.t.Lower(call, p, v, nil)
	}
	_, err := c.end.Transfer(ctx, p, 1)
	if err != nil {
		call.Ungive(0)
	}
	if errors.Is(err, abi.ErrGone) {
		err = io.ErrClosedPipe
	}
	if err == nil || err == io.ErrClosedPipe {
		c.end.Close()
	}
	return err
}

// join passes the readable end on; the result is its handle.
func (c *cell[T]) join(t *FutureType[T]) uint32 {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.given {
		panic("tenon: passing on a future that was passed on before")
	}
	if c.noRead {
		panic("tenon: passing on a future that is closed")
	}
	abi.Closed(unsafe.Pointer(&c.noRead))
	handle, end := t.NewEnds()
	c.given, c.end, c.t = true, end, t
	if c.state == cellSettled {
		c.post()
	}
	c.announce() // an offer goes on there
	return handle
}

// post writes the value to the host, which takes it whenever the reader asks.
func (c *cell[T]) post() {
	end, t := c.end, c.t
	call := abi.NewCall()
	p := call.Alloc(t.Size, t.Align)
	if t.Lower != nil {
		t.Lower(call, p, c.value, c.err)
	}
	// The end is fresh, so beginning to write cannot fail.
	_ = end.Begin(p, 1, func() {
		if end.Gone() {
			call.Ungive(0) // what nobody took is dropped with the value
		}
		call.Free()
		end.Close()
	})
}
