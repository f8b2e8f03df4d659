package wit

import (
	"context"
	"io"
	"testing"
	"unsafe"

	"tenon.dev/go/abi"
)

// A hostStream is a host's end of streams of bytes, of which the other end is
// gone.
type hostStream struct {
	StreamType[byte]
	made, asked  uint32
	readersGone  []uint32
	writersGone  []uint32
	transferSize []uint32
}

func newHostStream() *hostStream {
	const dropped = 1
	h := new(hostStream)
	transfer := func(_ uint32, _ unsafe.Pointer, n uint32) uint32 {
		h.asked++
		h.transferSize = append(h.transferSize, n)
		return dropped
	}
	h.StreamBuiltins = abi.StreamBuiltins{
		New: func() uint64 {
			h.made += 2
			return uint64(h.made-1) | uint64(h.made)<<32
		},
		Read:         transfer,
		Write:        transfer,
		DropReadable: func(end uint32) { h.readersGone = append(h.readersGone, end) },
		DropWritable: func(end uint32) { h.writersGone = append(h.writersGone, end) },
		Size:         1,
		Align:        1,
	}
	return h
}

func TestReadyAsksTheHostWhenTheReaderIsThere(t *testing.T) {
	h := newHostStream()
	w, r := NewStream[byte]()
	h.lowerReader(r)
	if err := w.Ready(context.Background()); err != io.ErrClosedPipe {
		t.Errorf("Ready: %v", err)
	}
	if h.asked != 1 {
		t.Errorf("the host was asked %d times", h.asked)
	}
}

func TestHandlesGoWithTheOtherEnd(t *testing.T) {
	h := newHostStream()
	r := h.LiftReader(40)
	if _, err := r.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("Read: %v", err)
	}
	if len(h.readersGone) != 1 {
		t.Errorf("dropped: %v", h.readersGone)
	}
	r.Close()
	if len(h.readersGone) != 1 {
		t.Errorf("dropped by Close: %v", h.readersGone)
	}

	w, local := NewStream[byte]()
	h.lowerReader(local)
	if _, err := w.Write([]byte{1}); err != io.ErrClosedPipe {
		t.Errorf("Write: %v", err)
	}
	w.Close()
	if len(h.writersGone) != 1 {
		t.Errorf("dropped: %v", h.writersGone)
	}
}

func TestReaderAtItsEndCanBePassedOn(t *testing.T) {
	h := newHostStream()
	r := h.LiftReader(40)
	if _, err := r.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("Read: %v", err)
	}
	// Its handle is gone; what is passed on is a stream whose writer is.
	if handle := h.lowerReader(r); handle != 1 || len(h.writersGone) != 1 || h.writersGone[0] != 2 {
		t.Errorf("passed on %d, writers dropped: %v", handle, h.writersGone)
	}
	if _, err := r.Read(make([]byte, 1)); err != ErrClosed {
		t.Errorf("Read after that: %v", err)
	}

	closed := h.LiftReader(41)
	closed.Read(make([]byte, 1))
	closed.Close()
	defer func() {
		if recover() == nil {
			t.Error("a closed reader was passed on")
		}
	}()
	h.lowerReader(closed)
}

func TestOneOperationIsAboutSoManyItems(t *testing.T) {
	h := newHostStream()
	units := StreamType[struct{}]{StreamBuiltins: h.StreamBuiltins}
	many := make([]struct{}, maxItems+1)
	units.LiftReader(40).Read(many)
	w, r := NewStream[struct{}]()
	units.lowerReader(r)
	w.Write(many)
	for _, n := range h.transferSize {
		if n != maxItems {
			t.Errorf("an operation is about %d items", n)
		}
	}
	if len(h.transferSize) != 2 {
		t.Errorf("operations: %v", h.transferSize)
	}
}
