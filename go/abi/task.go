package abi

import (
	"context"
	"errors"
)

// A Task is one call of an asynchronous export.
//
// The user's function runs on a goroutine; the host's calls of the export and
// of its callback run the loop in drive. A goroutine belongs to no task: it
// runs in whichever host call comes next. So a task's result is stored by the
// goroutine and returned by the task's own turn.
type Task struct {
	name   string
	body   func(*Task)
	id     uint32      // its index in tasks, plus one
	set    uint32      // its waitable set, 0 until something waits
	guests []*waitable // what is in the set
	call   *Call
	lower  func(*Call)
	ctx    context.Context
	end    context.CancelCauseFunc

	finished  bool // body has returned
	returned  bool // the host has the result, or the acknowledgement of its cancellation
	cancelled bool // the caller's cancellation was delivered
	waking    bool // a waker is on its way
	abandon   bool // what is still going on does not keep the task
}

var (
	current *Task // the task whose host call is running, nil in a synchronous export
	tasks   []*Task
	freeIDs []uint32
)

// Callback codes.
const (
	codeExit  = 0
	codeYield = 1
	codeWait  = 2
)

// Events.
const (
	eventNone          = 0
	eventTaskCancelled = 6
)

// Start begins a task: body runs on a goroutine of its own. The result is the
// callback code for the host. name is like "ns:pkg/iface#func".
func Start(name string, body func(t *Task)) uint32 {
	freeFinished()
	t := &Task{name: name, body: body}
	if n := len(freeIDs); n > 0 {
		t.id = freeIDs[n-1]
		freeIDs = freeIDs[:n-1]
		tasks[t.id-1] = t
	} else {
		tasks = append(tasks, t)
		t.id = uint32(len(tasks))
	}
	contextSet(t.id)
	current = t
	underWay++
	regulate()
	go t.run()
	return t.drive()
}

// run is the task's goroutine.
func (t *Task) run() {
	defer t.finish()
	t.body(t)
}

// finish notes that body is done, and brings the task's turn about.
func (t *Task) finish() {
	t.finished = true
	if current != t {
		t.wake()
	}
}

// Callback is the host's report of an event for the current task.
func Callback(event, handle, code uint32) uint32 {
	freeFinished()
	t := tasks[contextGet()-1]
	current = t
	switch event {
	case eventNone:
		t.poll()
		resumeYielded()
	case eventTaskCancelled:
		t.cancelled = true
		if t.end != nil {
			t.end(context.Canceled)
		}
	default:
		waitables[handle].event(code)
	}
	return t.drive()
}

// drive runs goroutines until all are parked, and then says how the task goes
// on.
func (t *Task) drive() uint32 {
	adopt(t)
	t.settle()
	code := t.next()
	current = nil
	return code
}

// settle repeats until nothing moves: let goroutines run, cancel what they
// want cancelled, return the result, set the timer.
func (t *Task) settle() {
	for {
		deadline := idle()
		seen := wakes.Load()
		t.runCancels()
		if t.finished && !t.returned {
			t.deliver()
		}
		if wakes.Load() != seen {
			continue
		}
		if deadline < 0 || t.abandoned() {
			t.disarm()
			return
		}
		if !arm(deadline) {
			return
		}
	}
}

// abandoned reports that nothing of the instance matters any more but t's end.
func (t *Task) abandoned() bool { return t.abandon && t.returned }

// deliver returns the task's result, or acknowledges its cancellation.
func (t *Task) deliver() {
	t.returned = true
	underWay--
	regulate()
	if t.end != nil {
		t.end(errReturned)
	}
	if t.cancelled {
		if t.call != nil {
			t.call.Free()
			t.call = nil
		}
		t.lower = nil
		taskCancel()
		return
	}
	if t.lower == nil {
		panic("tenon: " + t.name + " ended without returning: runtime.Goexit was called on its goroutine")
	}
	c := t.Call()
	// task.return traps while borrows that the task received are alive.
	c.endBorrows()
	t.lower(c)
	c.Free()
	t.call, t.lower = nil, nil
}

var errReturned = errors.New("the exported function has returned")

// next is the callback code. A task that has returned ends, unless goroutines
// wait for something in its set and no other task can take that over.
func (t *Task) next() uint32 {
	if len(yielded) > 0 {
		return codeYield
	}
	if t.returned && (t.abandon || t.rehome()) {
		t.exit()
		return codeExit
	}
	if t.set == 0 {
		t.set = waitableSetNew()
	}
	return codeWait | t.set<<4
}

// rehome moves the waitables in t's set to another task's, as far as they are
// not bound to t. It reports whether t has none left.
func (t *Task) rehome() bool {
	other := t.other()
	if other == nil {
		return len(t.guests) == 0
	}
	pin()
	defer unpin()
	stay := t.guests[:0]
	for _, w := range t.guests {
		if w.bound {
			w.place = len(stay)
			stay = append(stay, w)
		} else {
			w.moveTo(other)
		}
	}
	clear(t.guests[len(stay):])
	t.guests = stay
	return len(t.guests) == 0
}

// other is a task that is not t, or nil.
func (t *Task) other() *Task {
	for _, other := range tasks {
		if other != nil && other != t {
			return other
		}
	}
	return nil
}

// exit takes the task out of the tables.
func (t *Task) exit() {
	for len(t.guests) > 0 { // only of an abandoned task
		w := t.guests[0]
		if w.abort != nil {
			w.abort()
		} else {
			w.leave()
		}
	}
	if t.set != 0 {
		waitableSetDrop(t.set)
	}
	tasks[t.id-1] = nil
	freeIDs = append(freeIDs, t.id)
}

// Context ends when the caller cancels the call, and when the call has
// returned.
func (t *Task) Context() context.Context {
	if t.ctx == nil {
		t.ctx, t.end = context.WithCancelCause(context.Background())
		if t.cancelled {
			t.end(context.Canceled)
		}
	}
	return t.ctx
}

// Call is where the borrows that the task received are kept.
func (t *Task) Call() *Call {
	if t.call == nil {
		t.call = NewCall()
	}
	return t.call
}

// Return stores the task's result: lower is run when the task is current. It
// lowers the result and calls task.return.
func (t *Task) Return(lower func(c *Call)) { t.lower = lower }

// Fail is for an error that the function's WIT type cannot express. It is the
// answer to a cancellation, or a mistake in the program.
func (t *Task) Fail(name string, err error) {
	if !t.cancelled {
		BadError(name, err)
	}
}

// Abandon makes the task end as soon as it has returned, even if goroutines
// still wait for something: as a Go program ends when main does.
func (t *Task) Abandon() { t.abandon = true }
