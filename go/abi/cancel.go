package abi

// An operation can be cancelled by a synchronous call of the host. That traps
// in a synchronous task, so it is put off until an asynchronous one is
// current. And a waitable may be taken out of a set only in the turn of the
// task whose set it is: the host may be about to deliver its event there.
type operation interface {
	cancel()
	at() *waitable
}

func (w *waitable) at() *waitable { return w }

// cancels are of operations that are in no task's set.
var cancels []operation

// cancelSoon has the loop cancel o.
func cancelSoon(o operation) {
	wakes.Add(1)
	pin()
	defer unpin()
	home := o.at().home
	if home == nil {
		cancels = append(cancels, o)
		return
	}
	home.cancels = append(home.cancels, o)
	if home != current {
		home.wake()
	}
}

// runCancels cancels what can be in t's turn.
func (t *Task) runCancels() {
	if len(cancels) > 0 {
		batch := cancels
		cancels = nil
		for _, o := range batch {
			if home := o.at().home; home == nil || home == t {
				o.cancel()
			} else {
				cancelSoon(o)
			}
		}
	}
	for len(t.cancels) > 0 {
		last := len(t.cancels) - 1
		o := t.cancels[last]
		t.cancels[last] = nil
		t.cancels = t.cancels[:last]
		if home := o.at().home; home == nil || home == t {
			o.cancel()
		} else {
			cancelSoon(o)
		}
	}
}
