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

	busy    bool           // an operation is under way
	blocked bool           // and the host is still to report its end
	gone    bool           // the other end was dropped; this one must not be used any more
	closed  bool           // dropped, or to be dropped when the operation has ended
	given   bool           // passed on
	dropped bool           // its handle is the host's again
	writer  bool           // it is the writable end
	buffer  unsafe.Pointer // what the host reads or writes at the moment
	code    uint32         // how the operation has ended
	done    signal         // raised then
	asked   bool           // to be cancelled by the one who waits
	then    func()         // or called then, by the loop
}

// NewEnds makes a stream: the handle of its readable end, and the writable one.
func (b *StreamBuiltins) NewEnds() (readable uint32, writable *End) {
	ends := b.New()
	w := &End{start: b.Write, stop: b.CancelWrite, drop: b.DropWritable, writer: true}
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
	w := &End{stop: b.CancelWrite, drop: b.DropWritable, writer: true}
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
	if code == blocked {
		code = e.wait(ctx, p)
	}
	return e.outcome(ctx, code)
}

// wait waits for the end of an operation that has blocked. The end stays busy
// until this goroutine has seen it.
func (e *End) wait(ctx context.Context, p unsafe.Pointer) uint32 {
	if e.done == nil {
		e.done = newSignal()
	}
	e.under(p)
	if e.closed {
		cancelSoon(e) // others may have run since the operation began
	}
	select {
	case <-e.done:
	case <-ctx.Done():
		e.asked = true
		cancelSoon(e)
		<-e.done
	}
	e.busy, e.asked = false, false
	if e.closed {
		e.release()
	}
	return e.code
}

// Begin starts the transfer of n elements at p and returns at once. then is
// called when it has ended, or before Begin returns; not when it was cancelled,
// as it is at the end of an abandoned task: a future's writable end may not be
// dropped then.
func (e *End) Begin(p unsafe.Pointer, n uint32, then func()) error {
	if err := e.usable(); err != nil {
		return err
	}
	if code := e.begin(p, n); code != blocked {
		e.gone = code&0xf == dropped
		then()
		return nil
	}
	e.then = then
	e.under(p)
	return nil
}

// begin starts an operation; the end is busy if that blocks.
func (e *End) begin(p unsafe.Pointer, n uint32) uint32 {
	e.busy = true
	if e.bound {
		awaitTurn()
	}
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
func (e *End) under(p unsafe.Pointer) {
	e.buffer, e.blocked = p, true
	e.await(e)
}

// happened takes in the end of the operation, reported by the host.
func (e *End) happened(code uint32) {
	e.leave()
	e.ended(code)
}

func (e *End) ended(code uint32) {
	e.blocked, e.buffer, e.owner, e.made = false, nil, nil, nil
	then := e.then
	if then == nil {
		e.code = code
		e.done.raise()
		return
	}
	e.then, e.busy = nil, false
	e.gone = code&0xf == dropped
	if e.closed {
		e.release()
	}
	if code&0xf != cancelledOp {
		then()
	}
}

// cancel ends the operation that was to be cancelled, if it has not ended in
// the meantime: another may be under way.
func (e *End) cancel() {
	if e.asked || e.closed {
		e.abort()
	}
}

func (e *End) abort() {
	if e.blocked {
		e.leave()
		e.ended(e.stop(e.handle))
	}
}

func (e *End) about() string {
	if e.writer {
		return "the reader of a stream or future"
	}
	return "the writer of a stream or future"
}

// outcome makes sense of an operation's result.
func (e *End) outcome(ctx context.Context, code uint32) (uint32, error) {
	n := code >> 4
	switch code & 0xf {
	case dropped:
		e.gone = true
		Closed(unsafe.Pointer(e)) // it would not help anybody
		e.release()
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

// Ended reports that the other end has been dropped, and that nothing else
// keeps this one from being used.
func (e *End) Ended() bool { return e.usable() == ErrGone }

// Close drops the end. An operation under way is cancelled first.
func (e *End) Close() {
	Closed(unsafe.Pointer(e))
	e.Forget()
}

// Forget is Close for an end that nobody refers to any more.
func (e *End) Forget() {
	if e.closed || e.given {
		return
	}
	e.closed = true
	switch {
	case e.blocked:
		cancelSoon(e)
	case !e.busy:
		e.release()
	}
}

// release drops the handle, if that was not done before.
func (e *End) release() {
	if !e.dropped {
		e.dropped = true
		e.drop(e.handle)
	}
}

// Give passes the end on: its handle is somebody else's from here. Of an end
// that is gone there is none.
func (e *End) Give() uint32 {
	if err := e.usable(); err != nil {
		panic("tenon: passing on a stream or future: " + err.Error())
	}
	e.given = true
	Closed(unsafe.Pointer(e))
	return e.handle
}

// Regain undoes Give.
func (e *End) Regain() { e.given = false }
