package abi

import "fmt"

// A waker makes the host enter a task that is not the current one. task.return
// must be called while its own task is current, but a goroutine that serves
// task A may well finish while B is. The waker's stream of units has a read
// pending all the time; when A is to be woken, the readable end joins A's set
// and one unit is written.
type waker struct {
	waitable
	writer uint32
}

var freeWakers []*waker

// Results of the built-ins for streams and futures.
const (
	blocked     = 0xffff_ffff
	completed   = 0
	dropped     = 1
	cancelledOp = 2
)

// wake has the host enter t, which waits.
func (t *Task) wake() {
	if t.waking {
		return
	}
	t.waking = true
	var w *waker
	if n := len(freeWakers); n > 0 {
		w = freeWakers[n-1]
		freeWakers = freeWakers[:n-1]
	} else {
		ends := streamNewUnit()
		w = &waker{writer: uint32(ends >> 32)}
		w.handle = uint32(ends)
		w.listen()
	}
	w.event = func(uint32) {
		t.waking = false
		w.leave()
		w.listen()
		pin()
		freeWakers = append(freeWakers, w)
		unpin()
	}
	w.awaitIn(t)
	if code := streamWriteUnit(w.writer, nil, 1); code != 1<<4|completed {
		panic(fmt.Sprintf("tenon: waking a task: stream.write gave %#x", code))
	}
}

// listen starts the read that a wake completes.
func (w *waker) listen() {
	if code := streamReadUnit(w.handle, nil, 1); code != blocked {
		panic(fmt.Sprintf("tenon: preparing to wake a task: stream.read gave %#x", code))
	}
}
