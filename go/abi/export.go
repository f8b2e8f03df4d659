package abi

import (
	"fmt"
	"unsafe"
)

// syncExport is the synchronous export that is running, "" if none is.
var syncExport string

// EnterSync begins a synchronous export; name is like "ns:pkg/iface#func".
func EnterSync(name string) *Call {
	syncExport = name
	if !watching {
		watchForDeadlock()
	}
	if finished != nil {
		freeFinished()
	}
	return NewCall()
}

// Leave ends a synchronous export that has no post-return function.
func (c *Call) Leave() {
	syncExport = ""
	c.Free()
}

// returned holds the calls whose results the host is reading.
var returned *Call

// LeaveWith ends a synchronous export whose result is at ret, in c's memory.
// It stays there until PostReturn.
func (c *Call) LeaveWith(ret unsafe.Pointer) unsafe.Pointer {
	syncExport = ""
	c.endLends()
	c.endBorrows()
	c.ret = ret
	c.next = returned
	returned = c
	return ret
}

// finished holds calls whose results the host has read. They are freed by the
// next export: a post-return function may not leave the instance, so it does
// as little as can be.
var finished *Call

// PostReturn is told that the host has read the result at ret.
//
//go:nosplit
func PostReturn(ret uint32) {
	var before *Call
	for c := returned; c != nil; before, c = c, c.next {
		if Addr(c.ret) != ret {
			continue
		}
		if before == nil {
			returned = c.next
		} else {
			before.next = c.next
		}
		c.next = finished
		finished = c
		return
	}
}

// freeFinished frees what post-return functions left.
func freeFinished() {
	for finished != nil {
		c := finished
		finished = c.next
		c.ret = nil
		c.Free()
	}
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
