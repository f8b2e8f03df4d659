package abi

import (
	"runtime"
)

// A Task is one call of an asynchronous export.
//
// The user's function runs on a goroutine; the host's calls of the export and
// of its callback run the loop in drive. A goroutine belongs to no task: it
// runs in whichever host call comes next. So a task's result is stored by the
// goroutine and returned by the task's own turn.
type Task struct {
	name    string
	body    func(*Task)
	id      uint32      // its index in tasks, plus one; 0 until it waits
	place   int         // its index in roster
	set     uint32      // its waitable set, 0 until something waits
	guests  []*waitable // what is in the set
	cancels []operation // of guests, to be cancelled in its turn
	call    *Call
	lower   func(*Call)
	ctx     *taskContext
	waker   *waker // on its way, or nil
	next    *Task  // in the list that it is in: to be started, to be woken, or free
	mark    *mark  // what TENON_DEBUG=tasks notes

	completed bool // body has returned, and not panicked
	failed    bool // with an error
	finished  bool // body is done
	returned  bool // the host has the result, or the acknowledgement of its cancellation
	cancelled bool // the caller's cancellation was delivered
	abandon   bool // what is still going on does not keep the task
	queued    bool // in the list of tasks to be woken
	wanted    bool // and still to be woken
}

var (
	current *Task // the task whose host call is running, nil in a synchronous export
	tasks   []*Task
	freeIDs []uint32

	// roster are the tasks that the host will call back.
	roster []*Task
	// lingerer is a task that has returned and stays for what goroutines still
	// wait for. There is one at most, unless a call of the host that another
	// has begun is still under way.
	lingerer *Task

	starting  *Task // tasks whose goroutines are about to begin
	freeTasks *Task
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
	t := newTask(name, body)
	t.begin()
	underWay++
	regulate()
	t.next, starting = starting, t
	before := readings()
	go run()
	// The new goroutine is next in the queue, and this one last.
	runtime.Gosched()
	if t.finished && t.quiet(before) {
		stirred := wakes.Load()
		t.deliver()
		if t.set == 0 && wakes.Load() == stirred {
			current = nil
			counts.AtOnce++
			t.free()
			if leaks && len(roster) == 0 {
				reportOpen()
			}
			return sayFarewell()
		}
	}
	t.enlist()
	code := t.drive()
	if code == codeExit {
		contextSet(0) // the task is in the tables no more
		return sayFarewell()
	}
	return code
}

func newTask(name string, body func(*Task)) *Task {
	t := freeTasks
	if t == nil {
		t = new(Task)
	} else {
		freeTasks, t.next = t.next, nil
	}
	t.name, t.body = name, body
	counts.Started++
	if debugTasks {
		t.mark = newMark()
	}
	return t
}

// free lets t be used again. A task that is in the list of those to be woken
// is left to the collector.
func (t *Task) free() {
	if t.queued {
		return
	}
	*t = Task{guests: t.guests[:0], cancels: t.cancels[:0], next: freeTasks}
	freeTasks = t
}

// quiet reports that the call that has just finished has left nothing behind
// that would need the loop: no goroutine but the runtime's, no timer, nothing
// of the host's. before is how often the clock had been read.
func (t *Task) quiet(before int64) bool {
	if t.set != 0 || len(orphans)+len(cancels)+len(t.cancels) > 0 || round != nil || noReadings {
		return false
	}
	if t.ctx != nil && t.ctx.real != nil {
		return false // somebody may wait for its end
	}
	resident := 1 // the goroutine that exports run on
	if watching {
		resident++
	}
	if runtime.NumGoroutine() != resident {
		return false
	}
	after := readings()
	if after == before {
		return true
	}
	// Setting a timer takes a reading of the clock, but there are other reasons
	// for one. While there is a timer, each pass of the scheduler reads it.
	runtime.Gosched()
	return readings() == after
}

// enlist puts t into the tables, so that the host can call back.
func (t *Task) enlist() {
	pin()
	defer unpin()
	if n := len(freeIDs); n > 0 {
		t.id = freeIDs[n-1]
		freeIDs = freeIDs[:n-1]
		tasks[t.id-1] = t
	} else {
		tasks = append(tasks, t)
		t.id = uint32(len(tasks))
	}
	t.place = len(roster)
	roster = append(roster, t)
	restless = true
	contextSet(t.id)
}

// run is a task's goroutine.
func run() {
	t := starting
	starting, t.next = t.next, nil
	if t.mark != nil {
		t.mark.goroutine = goroutineID()
	}
	defer t.finish()
	t.body(t)
	t.completed = true
}

// finish notes that body is done, and brings the task's turn about.
func (t *Task) finish() {
	if !t.completed && panicking() {
		t.mourn()
		return
	}
	t.finished = true
	if current == t {
		wakes.Add(1)
	} else {
		t.wake()
	}
}

// Callback is the host's report of an event for the current task.
func Callback(event, handle, code uint32) uint32 {
	freeFinished()
	id := contextGet()
	if id == 0 { // it is not in the tables: it returned at once
		if event != eventNone {
			waitables[handle].owner.happened(code)
		}
		return codeExit
	}
	t := tasks[id-1]
	t.begin()
	t.wanted = false // this is the turn that it was to be woken for
	if yielder == t {
		yielder = nil
	}
	counts.Callbacks++
	switch event {
	case eventNone:
		t.poll()
		resumeYielded()
	case eventTaskCancelled:
		t.cancelled = true
		if t.ctx != nil {
			t.ctx.cancel(errCancelled)
		}
	default:
		waitables[handle].owner.happened(code)
	}
	return t.drive()
}

// drive runs goroutines until all are parked, and then says how the task goes
// on.
func (t *Task) drive() uint32 {
	adopt(t)
	t.settle()
	// Nothing else may run between the decision and the return to the host.
	pin()
	code := t.verdict()
	current = nil
	unpin()
	if leaks && len(roster) == 0 {
		reportOpen()
	}
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
		if t.setTimers(deadline) {
			continue
		}
		// A call of the host may have let a synchronous export in.
		if wakes.Load() == seen {
			return
		}
	}
}

// setTimers sees to it that the host comes back for Go's next timer, which is
// due in so many nanoseconds; -1 says that there is none. It reports whether
// that time is up.
func (t *Task) setTimers(deadline int64) (due bool) {
	if deadline < 0 || t.abandoned() {
		t.disarm()
	} else {
		due = t.arm(deadline)
	}
	t.bequeathTimers()
	return due
}

// abandoned reports that nothing of the instance matters any more but t's end.
func (t *Task) abandoned() bool { return t.abandon && t.returned }

// deliver returns the task's result, or acknowledges its cancellation. A result
// that is there in spite of that is returned: the caller disposes of what it
// owns. With an error there is nothing to dispose of.
func (t *Task) deliver() {
	t.returned = true
	underWay--
	regulate()
	if t.ctx != nil {
		t.ctx.cancel(errReturned)
	}
	if t.cancelled && (t.lower == nil || t.failed) {
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

// verdict is the callback code. The caller has pinned the scheduler.
func (t *Task) verdict() uint32 {
	if t.returned && t.mayExit() {
		t.exit()
		return codeExit
	}
	if t.yields() {
		yielder = t
		return codeYield
	}
	if t.set == 0 {
		t.set = waitableSetNew()
	}
	return codeWait | t.set<<4
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

// ReturnResult is Return for a WIT result, which is a failure if err is not nil.
func (t *Task) ReturnResult(err error, lower func(c *Call)) {
	t.lower, t.failed = lower, err != nil
}

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
