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
	task   *Task // whom it wakes
}

// maxWakers is how many wakers there may be: each is two handles of the host's.
// When ten thousand tasks are to be woken at once, each of these that arrives
// sets out again for the next one.
const maxWakers = 64

var (
	freeWakers []*waker
	wakerCount int
	// toWake are the tasks that no waker was left for.
	toWake, toWakeLast *Task
)

// Results of the built-ins for streams and futures.
const (
	blocked     = 0xffff_ffff
	completed   = 0
	dropped     = 1
	cancelledOp = 2
)

// wake has the host enter t, which waits.
func (t *Task) wake() {
	if t.waker != nil {
		return
	}
	pin()
	defer unpin()
	t.wanted = true
	if t.queued {
		return
	}
	if len(freeWakers) == 0 && wakerCount >= maxWakers {
		t.queued = true
		if toWake == nil {
			toWake = t
		} else {
			toWakeLast.next = t
		}
		toWakeLast = t
		return
	}
	t.send()
}

// send sends a waker to t.
func (t *Task) send() {
	var w *waker
	if n := len(freeWakers); n > 0 {
		w = freeWakers[n-1]
		freeWakers = freeWakers[:n-1]
	} else {
		ends := streamNewUnit()
		w = &waker{writer: uint32(ends >> 32)}
		w.handle = uint32(ends)
		w.listen()
		wakerCount++
	}
	t.waker, w.task = w, t
	w.awaitIn(t, w)
	writeUnit(w.writer)
	counts.Wakes++
}

// happened is the waker's arrival. Its task may have ended in the meantime; it
// arrives at the one that took over.
func (w *waker) happened(uint32) {
	if w.task != nil {
		w.task.waker = nil
		w.task = nil
	}
	w.leave()
	w.listen()
	pin()
	defer unpin()
	freeWakers = append(freeWakers, w)
	for toWake != nil && len(freeWakers) > 0 {
		t := toWake
		toWake, t.next, t.queued = t.next, nil, false
		if t.wanted && t.waker == nil {
			t.send()
		}
	}
}

func (w *waker) abort() { w.leave() }

func (w *waker) about() string { return "to be woken" }

// listen starts the read that a wake completes.
func (w *waker) listen() { readUnit(w.handle) }

// writeUnit writes to a stream of units whose reader waits.
func writeUnit(writer uint32) {
	if code := streamWriteUnit(writer, nil, 1); code != 1<<4|completed {
		panic(fmt.Sprintf("tenon: waking a task: stream.write gave %#x", code))
	}
}

// readUnit starts a read of a stream of units, which the next write completes.
func readUnit(reader uint32) {
	if code := streamReadUnit(reader, nil, 1); code != blocked {
		panic(fmt.Sprintf("tenon: preparing to wake a task: stream.read gave %#x", code))
	}
}
