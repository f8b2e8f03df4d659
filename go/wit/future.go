package wit

import (
	"context"
	"errors"
	"io"
	"runtime"
	"unsafe"

	"tenon.dev/go/abi"
)

// A Future is the readable end of a WIT future: a value that will come. A WIT
// result as payload is the two results of Await. Passing it to a function gives
// it away.
type Future[T any] struct {
	local *cell[T]
	host  *hostFuture[T]
}

// A Promise is the writable end of a future that NewFuture made. It must be
// resolved, rejected or closed.
type Promise[T any] struct {
	c *cell[T]
}

// NewFuture makes a future. unresolved is its value for the case that the
// promise is closed, or forgotten, before it was resolved: a future cannot end
// without one.
func NewFuture[T any](unresolved func() (T, error)) (*Promise[T], *Future[T]) {
	c := newCell(unresolved)
	p, f := &Promise[T]{c}, &Future[T]{local: c}
	runtime.AddCleanup(p, (*cell[T]).close, c)
	runtime.AddCleanup(f, (*cell[T]).closeReader, c)
	abi.Opened(p, unsafe.Pointer(&c.state), "a promise")
	abi.Opened(f, unsafe.Pointer(&c.noRead), "a future")
	return p, f
}

// Resolved is a future that has its value already.
func Resolved[T any](v T, err error) *Future[T] {
	c := newCell[T](nil)
	c.settle(v, err)
	return &Future[T]{local: c}
}

// Resolve gives the future its value, which the reader takes whenever it likes.
// Only the first of Resolve, Reject and Close counts, and none while Send is
// under way or after it; the result tells whether it was this one.
func (p *Promise[T]) Resolve(v T) bool {
	defer runtime.KeepAlive(p) // its cleanup must not close the promise meanwhile
	abi.Closed(unsafe.Pointer(&p.c.state))
	return p.c.settle(v, nil)
}

// Reject gives a future of a WIT result its failure.
func (p *Promise[T]) Reject(err error) bool {
	defer runtime.KeepAlive(p)
	abi.Closed(unsafe.Pointer(&p.c.state))
	var none T
	return p.c.settle(none, err)
}

// Send gives the future its value and waits until the reader has taken it. The
// error is io.ErrClosedPipe when nobody waits for it any more, ErrClosed when
// the promise was resolved before, and ctx's when that ended first: then the
// promise is as it was. With an error, v and what it owns is still the caller's.
func (p *Promise[T]) Send(ctx context.Context, v T) error {
	defer runtime.KeepAlive(p) // its cleanup must not close the promise meanwhile
	err := p.c.send(ctx, v)
	if err == nil || err == io.ErrClosedPipe {
		abi.Closed(unsafe.Pointer(&p.c.state))
	}
	return err
}

// Close gives the future its value for the unresolved case, if it has none yet.
func (p *Promise[T]) Close() error {
	abi.Closed(unsafe.Pointer(&p.c.state))
	p.c.close()
	return nil
}

// Await waits for the value. The error is the payload's, if that is a WIT
// result, or ctx's. Once there, the value stays.
func (f *Future[T]) Await(ctx context.Context) (T, error) {
	defer runtime.KeepAlive(f) // its cleanup must not close the end meanwhile
	if f.host != nil {
		return f.host.await(ctx)
	}
	abi.Closed(unsafe.Pointer(&f.local.noRead)) // somebody has come for the value
	return f.local.await(ctx)
}

// Close gives up waiting: the writer learns that nobody listens. An Await that
// is under way ends with ErrClosed.
func (f *Future[T]) Close() error {
	switch {
	case f == nil:
	case f.host != nil:
		f.host.end.Close()
	default:
		abi.Closed(unsafe.Pointer(&f.local.noRead))
		f.local.closeReader()
	}
	return nil
}

// A FutureType is what generated code knows of one type of future.
type FutureType[T any] struct {
	abi.FutureBuiltins
	// Lift reads the payload at p, and Lower writes it. Both are nil when
	// there is none.
	Lift  func(p unsafe.Pointer) (T, error)
	Lower func(c *abi.Call, p unsafe.Pointer, v T, err error)
}

// LiftFuture takes over the readable end with the given handle.
func (t *FutureType[T]) LiftFuture(handle uint32) *Future[T] {
	f := new(Future[T])
	t.attach(f, handle)
	return f
}

// attach makes f the readable end with the given handle.
func (t *FutureType[T]) attach(f *Future[T], handle uint32) {
	end := t.ReadableEnd(handle)
	f.local, f.host = nil, &hostFuture[T]{t: t, end: end}
	runtime.AddCleanup(f, (*abi.End).Forget, end)
	abi.Opened(f, unsafe.Pointer(end), "a future")
}

// lowerFuture passes f on; the result is its handle.
func (t *FutureType[T]) lowerFuture(f *Future[T]) uint32 {
	if f == nil {
		panic("tenon: a nil future was passed to a call")
	}
	if f.host != nil {
		return f.host.give()
	}
	return f.local.join(t)
}

// GiveFuture passes f on; the result is its handle. When what c records is not
// taken, f is usable again.
func (t *FutureType[T]) GiveFuture(c *abi.Call, f *Future[T]) uint32 {
	handle := t.lowerFuture(f)
	c.Gave(handle, func(handle uint32) {
		if f.host != nil {
			f.host.end.Regain()
			return
		}
		t.attach(f, handle)
	})
	return handle
}

// A hostFuture is a future whose writer is on the host's side.
type hostFuture[T any] struct {
	t     *FutureType[T]
	end   *abi.End
	done  bool
	value T
	err   error
}

var errNoValue = errors.New("tenon: the future was closed without a value")

func (f *hostFuture[T]) await(ctx context.Context) (T, error) {
	if f.done {
		return f.value, f.err
	}
	c := abi.NewCall()
	defer c.Free()
	var none T
	p := c.Alloc(f.t.Size, f.t.Align)
	switch _, err := f.end.Transfer(ctx, p, 1); {
	case errors.Is(err, abi.ErrGone):
		f.value, f.err = none, errNoValue
	case err != nil:
		return none, err
	case f.t.Lift != nil:
		f.value, f.err = f.t.Lift(p)
	}
	f.done = true
	f.end.Close()
	return f.value, f.err
}

func (f *hostFuture[T]) give() uint32 {
	if f.done {
		panic("tenon: passing on a future whose value was taken")
	}
	return f.end.Give()
}

var (
	_ io.Closer = (*Future[int])(nil)
	_ io.Closer = (*Promise[int])(nil)
	_ io.Closer = (*StreamReader[int])(nil)
	_ io.Closer = (*StreamWriter[int])(nil)
)
