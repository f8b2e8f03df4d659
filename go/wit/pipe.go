package wit

import (
	"context"
	"io"
	"unsafe"

	"tenon.dev/go/abi"
)

// A pipe is a stream whose two ends are both Go's. Items are copied from the
// writer's slice to the reader's, without the host, which would refuse most
// types. When the readable end is passed on, the pipe is joined to a stream of
// the host's, and the writer goes on there.
type pipe[T any] struct {
	monitor
	offered []T            // what the writer still has to get rid of
	offer   bool           // a write is under way
	reading bool           // a read is under way
	noRead  bool           // the reader is closed
	noWrite bool           // the writer is closed
	joined  *hostWriter[T] // where the writer goes on
}

func newPipe[T any]() *pipe[T] { return &pipe[T]{monitor: newMonitor()} }

func (p *pipe[T]) read(ctx context.Context, buf []T) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.reading {
		return 0, abi.ErrBusy
	}
	p.reading = true
	if p.offer {
		p.announce() // the writer may be waiting in Ready
	}
	defer func() { p.reading = false }()
	for {
		if p.noRead || p.joined != nil {
			return 0, abi.ErrClosed
		}
		if n := copy(buf, p.offered); n > 0 {
			p.offered = p.offered[n:]
			if len(p.offered) == 0 {
				p.announce()
			}
			return n, nil
		}
		if p.noWrite {
			return 0, io.EOF
		}
		if err := p.wait(ctx); err != nil {
			return 0, err
		}
	}
}

func (p *pipe[T]) write(ctx context.Context, items []T) (int, error) {
	p.mu.Lock()
	if p.offer {
		p.mu.Unlock()
		return 0, abi.ErrBusy
	}
	p.offer = true
	n, err := p.handOver(ctx, items)
	p.offered, p.offer = nil, false
	joined := p.joined
	p.mu.Unlock()
	// A write of nothing asks whether somebody reads, there as well.
	if joined == nil || err != nil || len(items) > 0 && n == len(items) {
		return n, err
	}
	more, err := joined.write(ctx, items[n:])
	return n + more, err
}

// handOver offers items to the reader until it has taken all of them, or the
// pipe is joined to a host stream. The caller holds mu.
func (p *pipe[T]) handOver(ctx context.Context, items []T) (int, error) {
	if p.noWrite {
		return 0, abi.ErrClosed
	}
	if p.joined != nil {
		return 0, nil
	}
	p.offered = items
	p.announce()
	for {
		done := len(items) - len(p.offered)
		switch {
		case len(p.offered) == 0 && len(items) > 0, p.joined != nil:
			return done, nil
		case p.noRead:
			return done, io.ErrClosedPipe
		case p.noWrite:
			return done, abi.ErrClosed
		case len(items) == 0 && p.reading:
			return 0, nil // only asked whether somebody reads
		}
		if err := p.wait(ctx); err != nil {
			return len(items) - len(p.offered), err
		}
	}
}

func (p *pipe[T]) closeReader() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.noRead && p.joined == nil {
		p.noRead = true
		p.announce()
	}
}

func (p *pipe[T]) closeWriter() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.noWrite {
		return
	}
	p.noWrite = true
	p.announce()
	if p.joined != nil {
		p.joined.end.Close()
	}
}

// join passes the readable end on as a host stream; the result is its handle.
func (p *pipe[T]) join(t *StreamType[T]) uint32 {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.reading {
		panic("tenon: passing on a stream that is being read")
	}
	if p.noRead || p.joined != nil {
		panic("tenon: passing on a stream that is closed, or was passed on before")
	}
	abi.Closed(unsafe.Pointer(&p.noRead))
	handle, end := t.NewEnds()
	p.joined = &hostWriter[T]{t, end}
	if p.noWrite {
		end.Close()
	}
	p.announce()
	return handle
}
