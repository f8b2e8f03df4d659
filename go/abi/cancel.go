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

// cancels are waiting for the turn of their home task.
var cancels []operation

// cancelSoon has the loop cancel o.
func cancelSoon(o operation) {
	wakes.Add(1)
	pin()
	cancels = append(cancels, o)
	unpin()
}

// runCancels cancels what can be in t's turn, and sees to the turns of others.
func (t *Task) runCancels() {
	batch := cancels
	cancels = nil
	for _, o := range batch {
		home := o.at().home
		if home == nil || home == t {
			o.cancel()
			continue
		}
		home.wake()
		pin()
		cancels = append(cancels, o)
		unpin()
	}
}
