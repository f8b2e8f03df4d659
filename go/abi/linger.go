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
// not bound to t. Timers are, but can be set anew.
func (t *Task) bequeath(heir *Task) {
	stay := t.guests[:0]
	var timers []*hostTimer
	for _, w := range t.guests {
		timer, _ := w.owner.(*hostTimer)
		switch {
		case !w.bound:
			w.moveTo(heir)
			continue
		case timer != nil && heir == lingerer:
			timers = append(timers, timer)
		}
		w.place = len(stay)
		stay = append(stay, w)
	}
	clear(t.guests[len(stay):])
	t.guests = stay
	moved := len(timers) > 0 && len(timers) == len(stay)
	if moved {
		for _, timer := range timers {
			timer.abort()
		}
	}
	if moved || len(t.cancels) > 0 {
		heir.cancels = append(heir.cancels, t.cancels...)
		clear(t.cancels)
		t.cancels = t.cancels[:0]
		heir.wake()
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
