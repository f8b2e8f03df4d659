package abi

// A farewell lets a task that has returned at once end in a turn of its own.
//
// It could end right there, with its result. But when its caller is another
// component, wasmtime 48 then keeps what it knows of the task for ever, and
// after about a million such calls traps for want of room: it forgets a task
// that ends after its caller has seen the result, and one that ends before is
// left to the caller, which for calls of this kind does not look. To yield
// would not do, as the callers' turns come first and tasks would pile up. So
// the task waits on a set with an event in it: that comes as soon as the caller
// has had its result. The set is one of a few that are used again.
type farewell struct {
	waitable
	set    uint32
	writer uint32
}

// maxFarewells is how many of them there may be. When more tasks than that end
// at once, the rest yield.
const maxFarewells = 64

var (
	freeFarewells []*farewell
	farewellCount int
)

// sayFarewell is the callback code of a task that has returned and leaves
// nothing behind. The host comes back to it once, with an event for no task.
func sayFarewell() uint32 {
	pin()
	defer unpin()
	var f *farewell
	if n := len(freeFarewells); n > 0 {
		f = freeFarewells[n-1]
		freeFarewells = freeFarewells[:n-1]
	} else if farewellCount < maxFarewells {
		f = newFarewell()
	} else {
		return codeYield
	}
	writeUnit(f.writer)
	return codeWait | f.set<<4
}

func newFarewell() *farewell {
	ends := streamNewUnit()
	f := &farewell{set: waitableSetNew(), writer: uint32(ends >> 32)}
	f.handle = uint32(ends)
	readUnit(f.handle)
	f.register(f)
	waitableJoin(f.handle, f.set)
	farewellCount++
	return f
}

// happened is the turn in which the task ends.
func (f *farewell) happened(uint32) {
	readUnit(f.handle)
	freeFarewells = append(freeFarewells, f)
}

func (f *farewell) abort() {}

func (f *farewell) about() string { return "to end" }
