package abi

// mayExit reports whether t, which has returned, is needed no more. What
// goroutines still wait for in its set goes to another task, as far as that is
// possible.
func (t *Task) mayExit() bool {
	if t.abandon {
		return true
	}
	heir := t.heir()
	if heir == nil || t == lingerer {
		if len(t.guests) == 0 && !(heir == nil && round != nil) {
			return true
		}
		lingerer = t
		return false
	}
	t.bequeath(heir)
	if len(t.guests) == 0 {
		return true
	}
	if lingerer == nil {
		lingerer = t
	}
	return false
}

// heir is the task that takes over what t leaves, or nil.
func (t *Task) heir() *Task {
	if lingerer != nil && lingerer != t {
		return lingerer
	}
	return t.other()
}

// bequeath moves the waitables in t's set to the heir's, as far as they are
// not bound to t. The caller has pinned the scheduler.
func (t *Task) bequeath(heir *Task) {
	stay := t.guests[:0]
	for _, w := range t.guests {
		if w.bound {
			w.place = len(stay)
			stay = append(stay, w)
			continue
		}
		if waker, ok := w.owner.(*waker); ok && waker.task == t {
			// What it was to be woken for is done: the next wake sets out anew.
			t.waker, waker.task = nil, nil
		}
		w.moveTo(heir)
	}
	clear(t.guests[len(stay):])
	t.guests = stay
	if len(t.cancels) > 0 {
		heir.cancels = append(heir.cancels, t.cancels...)
		clear(t.cancels)
		t.cancels = t.cancels[:0]
		heir.wake()
	}
}

// bequeathTimers cancels t's timers if they are all that keeps it, and another
// lingers, which sets them anew. Timers are bound, so they cannot be moved; and
// cancelling takes a call of the host that lets others in, so it cannot wait
// until the scheduler is pinned.
func (t *Task) bequeathTimers() {
	if !t.returned || t.abandon || lingerer == nil || lingerer == t {
		return
	}
	var mine []*hostTimer
	for _, w := range t.guests {
		if timer, ok := w.owner.(*hostTimer); ok {
			mine = append(mine, timer)
		} else if w.bound {
			return
		}
	}
	for _, timer := range mine {
		timer.abort()
	}
	if len(mine) > 0 && lingerer != nil {
		lingerer.wake()
	}
}

// other is a task that is not t, or nil.
func (t *Task) other() *Task {
	for _, other := range roster[:min(2, len(roster))] {
		if other != t {
			return other
		}
	}
	return nil
}

// exit takes the task out of the tables. The caller has pinned the scheduler.
func (t *Task) exit() {
	for len(t.guests) > 0 { // only of an abandoned task
		t.guests[0].owner.abort()
	}
	if t.waker != nil {
		t.waker.task = nil
	}
	if t.set != 0 {
		waitableSetDrop(t.set)
	}
	if lingerer == t {
		lingerer = nil
	}
	tasks[t.id-1] = nil
	freeIDs = append(freeIDs, t.id)
	last := len(roster) - 1
	roster[t.place] = roster[last]
	roster[t.place].place = t.place
	roster[last] = nil
	roster = roster[:last]
	restless = last > 0 || drainSync
	if round != nil && yielder == nil && last > 0 {
		roster[0].wake() // somebody else has to yield now
	}
	t.wanted = false
	t.free()
}
