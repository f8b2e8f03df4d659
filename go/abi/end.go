package abi

import (
	"context"
	"errors"
	"unsafe"
)

// StreamBuiltins are the built-ins of one stream type, and the layout of its
// elements. Read and Write are the async-lowered forms, the cancellations the
// synchronous ones.
type StreamBuiltins struct {
	New                        func() uint64
	Read, Write                func(end uint32, p unsafe.Pointer, n uint32) uint32
	CancelRead, CancelWrite    func(end uint32) uint32
	DropReadable, DropWritable func(end uint32)
	Size, Align                uint32 // of one element, in bytes; 0 and 1 without payload
}

// FutureBuiltins are the built-ins of one future type, and the layout of its
// payload.
type FutureBuiltins struct {
	New                        func() uint64
	Read, Write                func(end uint32, p unsafe.Pointer) uint32
	CancelRead, CancelWrite    func(end uint32) uint32
	DropReadable, DropWritable func(end uint32)
	Size, Align                uint32
}

var (
	// ErrClosed says that this end was closed, or given away.
	ErrClosed = errors.New("tenon: the stream or future is closed")
	// ErrBusy says that another goroutine uses this end at the moment.
	ErrBusy = errors.New("tenon: another operation on this end is under way")
	// ErrGone says that the other end has been dropped.
	ErrGone = errors.New("tenon: the other end is gone")
)

// An End is one end of a stream or a future that the host holds the other end
// of. One operation can be under way at a time.
type End struct {
	waitable
	start func(end uint32, p unsafe.Pointer, n uint32) uint32
	stop  func(end uint32) uint32
	drop  func(end uint32)

	busy   bool           // an operation is under way
	gone   bool           // the other end was dropped; this one must not be used any more
	closed bool           // dropped, or to be dropped when the operation has ended
	given  bool           // passed on
	buffer unsafe.Pointer // what the host reads or writes at the moment
	then   func(code uint32)
}

// NewEnds makes a stream: the handle of its readable end, and the writable one.
func (b *StreamBuiltins) NewEnds() (readable uint32, writable *End) {
	ends := b.New()
	w := &End{start: b.Write, stop: b.CancelWrite, drop: b.DropWritable}
	w.handle = uint32(ends >> 32)
	return uint32(ends), w
}

// ReadableEnd is the readable end with the given handle.
func (b *StreamBuiltins) ReadableEnd(handle uint32) *End {
	r := &End{start: b.Read, stop: b.CancelRead, drop: b.DropReadable}
	r.handle = handle
	return r
}

// NewEnds makes a future: the handle of its readable end, and the writable one.
func (b *FutureBuiltins) NewEnds() (readable uint32, writable *End) {
	ends := b.New()
	write := b.Write
	w := &End{stop: b.CancelWrite, drop: b.DropWritable}
	w.start = func(end uint32, p unsafe.Pointer, _ uint32) uint32 { return write(end, p) }
	w.handle = uint32(ends >> 32)
	return uint32(ends), w
}

// ReadableEnd is the readable end with the given handle.
func (b *FutureBuiltins) ReadableEnd(handle uint32) *End {
	read := b.Read
	r := &End{stop: b.CancelRead, drop: b.DropReadable}
	r.start = func(end uint32, p unsafe.Pointer, _ uint32) uint32 { return read(end, p) }
	r.bound = true
	r.handle = handle
	return r
}

// Bind says that elements take memory of their own, or hold handles, when they
// are read: such a read must end before the task does that began it.
func (e *End) Bind() { e.bound = true }

// Transfer reads or writes up to n elements at p and waits until the other end
// has taken part. It returns how many it was; with ErrGone if the other end
// was dropped, with ctx's error if the operation was cancelled, with ErrClosed
// if the end was closed in the meantime. p must not be on a stack.
func (e *End) Transfer(ctx context.Context, p unsafe.Pointer, n uint32) (uint32, error) {
	if err := e.usable(); err != nil {
		return 0, err
	}
	if err := ctx.Err(); err != nil {
		return 0, context.Cause(ctx)
	}
	code := e.begin(p, n)
	if code != blocked {
		return e.outcome(ctx, code)
	}
	done := newSignal()
	e.under(p, func(c uint32) { code = c; done.raise() })
	select {
	case <-done:
	case <-ctx.Done():
		cancelSoon(e)
		<-done
	}
	return e.outcome(ctx, code)
}

// Begin starts the transfer of n elements at p and returns at once. then is
// called when it has ended, or before Begin returns; not when it was cancelled,
// as it is at the end of an abandoned task: a future's writable end may not be
// dropped then.
func (e *End) Begin(p unsafe.Pointer, n uint32, then func()) error {
	if err := e.usable(); err != nil {
		return err
	}
	code := e.begin(p, n)
	if code == blocked {
		e.under(p, func(c uint32) {
			e.gone = c&0xf == dropped
			if c&0xf != cancelledOp {
				then()
			}
		})
		return nil
	}
	e.gone = code&0xf == dropped
	then()
	return nil
}

// begin starts an operation; the end is busy if that blocks.
func (e *End) begin(p unsafe.Pointer, n uint32) uint32 {
	e.busy = true
	code := e.start(e.handle, p, n)
	e.busy = code == blocked
	return code
}

func (e *End) usable() error {
	switch {
	case e.closed || e.given:
		return ErrClosed
	case e.busy:
		return ErrBusy
	case e.gone:
		return ErrGone
	}
	return nil
}

// under notes what a blocked operation does, and waits for its event.
func (e *End) under(p unsafe.Pointer, then func(code uint32)) {
	e.buffer, e.then = p, then
	e.event, e.abort = e.settled, e.cancel
	e.await()
}

// settled takes in the end of the operation, reported by the host.
func (e *End) settled(code uint32) {
	e.leave()
	e.ended(code)
}

func (e *End) ended(code uint32) {
	then := e.then
	e.busy, e.buffer, e.then = false, nil, nil
	if e.closed {
		e.drop(e.handle)
	}
	then(code)
}

// cancel ends the operation under way, if there still is one.
func (e *End) cancel() {
	if !e.busy {
		return
	}
	e.leave()
	e.ended(e.stop(e.handle))
}

// outcome makes sense of an operation's result.
func (e *End) outcome(ctx context.Context, code uint32) (uint32, error) {
	n := code >> 4
	switch code & 0xf {
	case dropped:
		e.gone = true
		if n == 0 {
			return 0, ErrGone
		}
	case cancelledOp:
		if n > 0 {
			return n, nil
		}
		if e.closed {
			return 0, ErrClosed
		}
		return 0, cancelled(ctx)
	}
	return n, nil
}

// Gone reports that the other end is known to have been dropped.
func (e *End) Gone() bool { return e.gone }

// Close drops the end. An operation under way is cancelled first.
func (e *End) Close() {
	if e.closed || e.given {
		return
	}
	e.closed = true
	if e.busy {
		cancelSoon(e)
		return
	}
	e.drop(e.handle)
}

// Give passes the end on: its handle is somebody else's from here.
func (e *End) Give() uint32 {
	if err := e.usable(); err != nil && err != ErrGone {
		panic("tenon: passing on a stream or future: " + err.Error())
	}
	e.given = true
	return e.handle
}

// Regain undoes Give.
func (e *End) Regain() { e.given = false }

// Stir tells the loop that a goroutine was made runnable by other means than a
// signal of this package.
func Stir() { wakes.Add(1) }
