package abi

import "io"

// A Table holds the Go values behind an exported resource's handles. A rep is
// an index into it, never an address. The zero value is an empty table.
type Table[T any] struct {
	entries []entry[T]
	free    []uint32
	taking  bool // a handle is being dropped whose value the program took back
}

type entry[T any] struct {
	value T
	used  bool
}

// Add stores v and returns its rep, which is not zero.
func (t *Table[T]) Add(v T) uint32 {
	pin()
	defer unpin()
	if n := len(t.free); n > 0 {
		i := t.free[n-1]
		t.free = t.free[:n-1]
		t.entries[i] = entry[T]{v, true}
		return i + 1
	}
	t.entries = append(t.entries, entry[T]{v, true})
	return uint32(len(t.entries))
}

// Get is the value of rep.
func (t *Table[T]) Get(rep uint32) T {
	return t.entries[rep-1].value
}

// Remove takes the value of rep out.
func (t *Table[T]) Remove(rep uint32) T {
	pin()
	defer unpin()
	e := &t.entries[rep-1]
	if !e.used {
		panic("tenon: a resource was dropped twice")
	}
	v := e.value
	*e = entry[T]{}
	t.free = append(t.free, rep-1)
	return v
}

// Give lowers v as an own handle of the component's own resource. create and
// drop are the resource's built-ins.
func (t *Table[T]) Give(c *Call, v T, create func(rep uint32) uint32, drop func(handle uint32)) uint32 {
	handle := create(t.Add(v))
	c.gives = append(c.gives, give{from: t, handle: handle, drop: drop})
	return handle
}

// regain undoes Give: the value is the program's, and there is no handle.
func (t *Table[T]) regain(handle uint32, drop func(uint32)) {
	t.taking = true
	drop(handle)
	t.taking = false
}

// Take lifts an own handle of the component's own resource: the value is the
// program's again and the handle is gone. The destructor that dropping it runs
// is none for the value.
func (t *Table[T]) Take(handle uint32, rep func(uint32) uint32, drop func(uint32)) T {
	v := t.Get(rep(handle))
	t.regain(handle, drop)
	return v
}

// Drop is the destructor: the last owner has dropped the handle of rep. A
// value with a Close method is closed.
func (t *Table[T]) Drop(rep uint32) {
	v := t.Remove(rep)
	if t.taking {
		return
	}
	was := running
	setRunning("the destructor of an exported resource")
	CloseValue(v)
	if current == nil {
		Leave()
	} else {
		Stir() // another component may have dropped it, within this turn
	}
	running = was
}

// CloseValue calls v's Close method, if it has one. Its error has nobody to go
// to.
func CloseValue(v any) {
	switch v := v.(type) {
	case io.Closer:
		_ = v.Close()
	case interface{ Close() }:
		v.Close()
	}
}
