package wit

import (
	"context"
	"errors"
	"io"
	"iter"
	"runtime"
	"unsafe"

	"tenon.dev/go/abi"
)

var (
	// ErrClosed is the error of using an end that was closed or passed on.
	ErrClosed = abi.ErrClosed
	// ErrBusy is the error of two goroutines that read, or write, one end at
	// the same time.
	ErrBusy = abi.ErrBusy
)

// A StreamReader is the readable end of a WIT stream. Passing it to a function
// gives it away.
type StreamReader[T any] struct {
	local *pipe[T]       // both ends are Go's
	host  *hostReader[T] // the other end is the host's
}

// A StreamWriter is the writable end of a stream that NewStream made.
type StreamWriter[T any] struct {
	p *pipe[T]
}

// NewStream makes a stream. Nothing is buffered: a write ends when its items
// have been read.
func NewStream[T any]() (*StreamWriter[T], *StreamReader[T]) {
	p := newPipe[T]()
	w, r := &StreamWriter[T]{p}, &StreamReader[T]{local: p}
	runtime.AddCleanup(w, (*pipe[T]).closeWriter, p)
	runtime.AddCleanup(r, (*pipe[T]).closeReader, p)
	abi.Opened(w, unsafe.Pointer(&p.noWrite), "a stream's writer")
	abi.Opened(r, unsafe.Pointer(&p.noRead), "a stream's reader")
	return w, r
}

// Read waits for items and returns how many it has put into buf. At the end of
// the stream the error is io.EOF.
func (r *StreamReader[T]) Read(buf []T) (int, error) {
	return r.ReadContext(context.Background(), buf)
}

// ReadContext is Read, given up when ctx ends.
func (r *StreamReader[T]) ReadContext(ctx context.Context, buf []T) (int, error) {
	defer runtime.KeepAlive(r) // its cleanup must not close the end meanwhile
	switch {
	case r == nil:
		return 0, ErrClosed
	case len(buf) == 0:
		return 0, nil
	case r.host != nil:
		return r.host.read(ctx, buf)
	}
	return r.local.read(ctx, buf)
}

// All is the stream's items one by one. An error other than the end of the
// stream is the last element.
func (r *StreamReader[T]) All() iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		buf := make([]T, 64)
		for {
			n, err := r.Read(buf)
			for _, item := range buf[:n] {
				if !yield(item, nil) {
					return
				}
			}
			if err == io.EOF {
				return
			}
			if err != nil {
				var none T
				yield(none, err)
				return
			}
		}
	}
}

// Close gives up reading: the writer learns that nobody listens. A read that is
// under way ends with ErrClosed.
func (r *StreamReader[T]) Close() error {
	switch {
	case r == nil:
	case r.host != nil:
		r.host.end.Close()
	default:
		abi.Closed(unsafe.Pointer(&r.local.noRead))
		r.local.closeReader()
	}
	return nil
}

// Write waits until items have been read, and returns how many were. The error
// is io.ErrClosedPipe when nobody listens any more. items must not be changed
// before Write returns.
func (w *StreamWriter[T]) Write(items []T) (int, error) {
	return w.WriteContext(context.Background(), items)
}

// WriteContext is Write, given up when ctx ends. Items that were not read are
// still the caller's.
func (w *StreamWriter[T]) WriteContext(ctx context.Context, items []T) (int, error) {
	defer runtime.KeepAlive(w) // its cleanup must not close the end meanwhile
	if len(items) == 0 {
		return 0, nil
	}
	return w.p.write(ctx, items)
}

// Ready waits until the reader asks for items. The error is io.ErrClosedPipe
// when nobody listens any more: the way to notice that while there is nothing
// to write.
func (w *StreamWriter[T]) Ready(ctx context.Context) error {
	defer runtime.KeepAlive(w)
	_, err := w.p.write(ctx, nil)
	return err
}

// Close ends the stream. A write that is under way ends with ErrClosed.
func (w *StreamWriter[T]) Close() error {
	abi.Closed(unsafe.Pointer(&w.p.noWrite))
	w.p.closeWriter()
	return nil
}

// A StreamType is what generated code knows of one type of stream.
type StreamType[T any] struct {
	abi.StreamBuiltins
	// Lift reads one element at p, and Lower writes one. Both are nil when the
	// elements' layout in Go is the canonical one.
	Lift  func(p unsafe.Pointer) T
	Lower func(c *abi.Call, p unsafe.Pointer, v T)
}

// LiftReader takes over the readable end with the given handle.
func (t *StreamType[T]) LiftReader(handle uint32) *StreamReader[T] {
	r := new(StreamReader[T])
	t.attach(r, handle)
	return r
}

// attach makes r the readable end with the given handle.
func (t *StreamType[T]) attach(r *StreamReader[T], handle uint32) {
	end := t.ReadableEnd(handle)
	if t.Lift != nil {
		end.Bind()
	}
	r.local, r.host = nil, &hostReader[T]{t, end}
	runtime.AddCleanup(r, (*abi.End).Forget, end)
	abi.Opened(r, unsafe.Pointer(end), "a stream's reader")
}

// lowerReader passes r on; the result is its handle.
func (t *StreamType[T]) lowerReader(r *StreamReader[T]) uint32 {
	if r == nil {
		panic("tenon: a nil stream was passed to a call")
	}
	if r.host == nil {
		return r.local.join(t)
	}
	if r.host.end.Ended() {
		// Its handle went when it ended. Whoever gets it finds the end, too.
		handle, writer := t.NewEnds()
		writer.Close()
		t.attach(r, handle)
	}
	return r.host.end.Give()
}

// GiveReader passes r on; the result is its handle. When what c records is not
// taken, r is usable again, though not as one whose writer is the program's own.
func (t *StreamType[T]) GiveReader(c *abi.Call, r *StreamReader[T]) uint32 {
	handle := t.lowerReader(r)
	c.Gave(handle, func(handle uint32) {
		if r.host != nil {
			r.host.end.Regain()
			return
		}
		t.attach(r, handle)
	})
	return handle
}

// batch is how much memory, in bytes, elements that need lifting or lowering
// take at a time.
const batch = 64 << 10

// maxItems is how many elements one operation may be about.
const maxItems = 1<<28 - 1

// perBatch is how many of n elements go into one batch.
func (t *StreamType[T]) perBatch(n int) int {
	if t.Size == 0 {
		return min(n, maxItems)
	}
	return min(n, max(1, batch/int(t.Size)))
}

// A hostReader reads a stream whose writer is on the host's side.
type hostReader[T any] struct {
	t   *StreamType[T]
	end *abi.End
}

func (r *hostReader[T]) read(ctx context.Context, buf []T) (int, error) {
	if r.t.Lift == nil {
		n, err := r.end.Transfer(ctx, unsafe.Pointer(unsafe.SliceData(buf)), uint32(min(len(buf), maxItems)))
		return int(n), endOfStream(err)
	}
	c := abi.NewCall()
	defer c.Free()
	want := r.t.perBatch(len(buf))
	p := c.Alloc(uint32(want)*r.t.Size, r.t.Align)
	n, err := r.end.Transfer(ctx, p, uint32(want))
	for i := range int(n) {
		buf[i] = r.t.Lift(unsafe.Add(p, uint32(i)*r.t.Size))
	}
	return int(n), endOfStream(err)
}

func endOfStream(err error) error {
	if errors.Is(err, abi.ErrGone) {
		return io.EOF
	}
	return err
}

// A hostWriter writes a stream whose reader is on the host's side.
type hostWriter[T any] struct {
	t   *StreamType[T]
	end *abi.End
}

func (w *hostWriter[T]) write(ctx context.Context, items []T) (int, error) {
	if len(items) == 0 {
		_, err := w.end.Transfer(ctx, nil, 0)
		return 0, brokenPipe(err)
	}
	done := 0
	for done < len(items) {
		n, err := w.some(ctx, items[done:])
		done += n
		if err != nil {
			return done, brokenPipe(err)
		}
	}
	return done, nil
}

// some writes as much of items as one operation takes.
func (w *hostWriter[T]) some(ctx context.Context, items []T) (int, error) {
	if w.t.Lower == nil {
		n, err := w.end.Transfer(ctx, unsafe.Pointer(unsafe.SliceData(items)), uint32(min(len(items), maxItems)))
		return int(n), err
	}
	c := abi.NewCall()
	defer c.Free()
	items = items[:w.t.perBatch(len(items))]
	p := c.Alloc(uint32(len(items))*w.t.Size, w.t.Align)
	marks := make([]int, len(items))
	for i, item := range items {
		marks[i] = c.Mark()
		w.t.Lower(c, unsafe.Add(p, uint32(i)*w.t.Size), item)
	}
	n, err := w.end.Transfer(ctx, p, uint32(len(items)))
	if int(n) < len(items) {
		c.Ungive(marks[n])
	}
	return int(n), err
}

func brokenPipe(err error) error {
	if errors.Is(err, abi.ErrGone) {
		return io.ErrClosedPipe
	}
	return err
}
