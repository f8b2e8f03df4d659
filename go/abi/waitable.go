package abi

import "sync/atomic"

// A waitable is something whose event the host will report: a subtask, or an
// end of a stream or future with an operation under way. It sits in the
// waitable set of one task, its home.
type waitable struct {
	handle uint32
	place  int // its index in home.guests, or in orphans
	home   *Task
	owner  owner
	made   *stack // who waits, for TENON_DEBUG=tasks
	// bound says that what is under way must end before the task that began
	// it does. wasmtime 48 lowers the result in that task, and the whole
	// instance traps if it is gone.
	bound bool
}

// An owner is what a waitable is part of.
type owner interface {
	// happened takes the event's code. It runs in the home task's callback.
	happened(code uint32)
	// abort cancels what is under way. The home task is current.
	abort()
	// about is what somebody waits for, in words.
	about() string
}

// waitables finds the waitable of a handle. Handles are small: the host hands
// them out from a table.
var waitables []*waitable

// orphans wait for a task to live with: they were made in a synchronous
// export, which has none.
var orphans []*waitable

// await registers w and puts it into the current task's set.
func (w *waitable) await(o owner) { w.awaitIn(current, o) }

// awaitIn registers w and puts it into t's set.
func (w *waitable) awaitIn(t *Task, o owner) {
	if debugTasks {
		w.made = here()
	}
	pin()
	defer unpin()
	w.register(o)
	if t == nil {
		w.place = len(orphans)
		orphans = append(orphans, w)
		return
	}
	w.moveTo(t)
}

// register makes w known by its handle. The caller has pinned the scheduler.
func (w *waitable) register(o owner) {
	w.owner = o
	for int(w.handle) >= len(waitables) {
		waitables = append(waitables, nil)
	}
	waitables[w.handle] = w
}

// moveTo puts w into t's set; it leaves the one that it was in. The caller has
// pinned the scheduler.
func (w *waitable) moveTo(t *Task) {
	if t.set == 0 {
		t.set = waitableSetNew()
	}
	waitableJoin(w.handle, t.set)
	w.home, w.place = t, len(t.guests)
	t.guests = append(t.guests, w)
}

// leave takes w out of its set, as synchronous use, transfer and dropping
// demand, and forgets it.
func (w *waitable) leave() {
	pin()
	defer unpin()
	waitables[w.handle] = nil
	if w.home == nil {
		orphans = without(orphans, w.place)
		return
	}
	waitableJoin(w.handle, 0)
	w.home.guests = without(w.home.guests, w.place)
	w.home = nil
}

// without takes out the i-th waitable; the last takes its place.
func without(list []*waitable, i int) []*waitable {
	last := len(list) - 1
	list[i] = list[last]
	list[i].place = i
	list[last] = nil
	return list[:last]
}

// adopt gives the orphans a home.
func adopt(t *Task) {
	if len(orphans) == 0 {
		return
	}
	pin()
	defer unpin()
	for _, w := range orphans {
		w.moveTo(t)
	}
	clear(orphans)
	orphans = orphans[:0]
}

// A signal wakes the one goroutine that waits for an event.
type signal chan struct{}

func newSignal() signal { return make(signal, 1) }

// wakes counts the goroutines made runnable, so that the loop knows when to
// look again. It is atomic for the sake of tests on other platforms.
var wakes atomic.Uint32

func (s signal) raise() {
	wakes.Add(1)
	select {
	case s <- struct{}{}:
	default:
	}
}

// Stir tells the loop that a goroutine was made runnable by other means than a
// signal of this package.
func Stir() { wakes.Add(1) }
