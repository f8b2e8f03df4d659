package abi

import (
	"fmt"
	"unsafe"
)

// running is the name of the synchronous export that runs: its address and
// length, as numbers, so that the garbage collector has no part in it. It is a
// constant of the program.
var running struct{ addr, size uint32 }

// nested counts the synchronous exports that run within a task's turn. A turn
// is suspended while the host cancels something or calls another component,
// and the host keeps other tasks out meanwhile, but no synchronous calls.
var nested int

// exporters are the goroutines on which synchronous exports run. All that are
// not nested run on the first, which initialises the program, too.
var exporters = []uint64{goroutineID()}

// unnested is closed when there are none any more. It is nil while nobody
// waits for that.
var unnested chan struct{}

// Enter begins a synchronous export; name is a constant like
// "ns:pkg/iface#func".
func Enter(name string) {
	setRunning(name)
	if current != nil {
		enterNested()
	}
	if !watching {
		watchForDeadlock()
	}
}

func enterNested() {
	nested++
	exporters = append(exporters, goroutineID())
	restless = true // so that its end is noticed
}

func setRunning(name string) {
	running.addr, running.size = Addr(unsafe.Pointer(unsafe.StringData(name))), uint32(len(name))
}

// Leave ends a synchronous export, before its result is lowered.
func Leave() {
	if restless {
		leaving()
	}
	running.size = 0
}

// syncExport is the name of the synchronous export that runs, "" if none does.
func syncExport() string {
	return unsafe.String((*byte)(Ptr(running.addr)), running.size)
}

// results holds what the host reads after a synchronous export has returned.
//
// One is enough, and there is no need of a post-return function: the host
// reads a result before it may enter the instance again. Until it does, no Go
// code runs, so memory could not be freed earlier either.
var results Call

// EnterSync begins a synchronous export that records what it lowers.
func EnterSync(name string) *Call {
	Enter(name)
	results.reset()
	return &results
}

// Leave ends a synchronous export whose results are lowered, or that has none.
func (c *Call) Leave() {
	c.endLends()
	c.endBorrows()
	Leave()
}

// LeaveWith ends a synchronous export whose result is at ret, in c's memory.
// It stays there until the next call.
func (c *Call) LeaveWith(ret unsafe.Pointer) unsafe.Pointer {
	c.Leave()
	return ret
}

// freeFinished frees what the last synchronous export returned.
func freeFinished() { results.reset() }

// PostReturn is for code that earlier versions generated: it told of a result
// that the host had read.
//
//go:nosplit
func PostReturn(uint32) {}

// area is where small results lie while nothing can come in between: no Go
// code runs while the host reads the result of a synchronous export, and none
// between the return of a synchronous import and the load of its result.
var area [areaSize / 8]uint64

const areaSize = 64

// Area is memory for a result of up to 64 bytes that the other side reads, or
// that is loaded without an allocation in between.
func Area() unsafe.Pointer { return unsafe.Pointer(&area) }

// ReturnString lowers the result of a synchronous export.
func ReturnString(s string) unsafe.Pointer {
	p, n := StringData(s)
	storeSpan(Area(), p, n)
	return Area()
}

// ReturnSlice lowers the result of a synchronous export. T's layout in Go must
// be the canonical one, and it holds no pointers.
func ReturnSlice[T any](s []T) unsafe.Pointer {
	p, n := SliceData(s)
	storeSpan(Area(), p, n)
	return Area()
}

// Unregistered reports an export that the program has not implemented.
func Unregistered(iface, call string) {
	panic(fmt.Sprintf("tenon: %s is exported but not implemented: call %s in an init function", iface, call))
}

// BadError reports an error that the function's WIT type cannot express.
func BadError(name string, err error) {
	panic(fmt.Sprintf("tenon: %s returned an error that its WIT type cannot express: %T: %v", name, err, err))
}

// BadCase reports a value that is no case of a variant, nil mostly.
func BadCase(kind string, v any) {
	if v == nil {
		panic("tenon: lowering " + kind + ": nil is not a case")
	}
	panic(fmt.Sprintf("tenon: lowering %s: %T is not a case", kind, v))
}
