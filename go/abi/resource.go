package abi

import (
	"fmt"
	"runtime"
	"unsafe"
)

// A Resource is a handle of an imported resource: an own, or a borrow that an
// export received. Every generated type of an imported resource is a struct
// whose only field is a Resource.
type Resource struct {
	handle  uint32
	state   resourceState
	closing bool  // Close came while lent
	lends   int32 // calls in flight that borrow it
	drop    func(uint32)
	cleanup runtime.Cleanup
}

type resourceState uint8

const (
	resourceNone     resourceState = iota // the zero value
	resourceOwned                         // we must drop it
	resourceBorrowed                      // the caller's, until the call ends
	resourceGiven                         // passed on as an own
	resourceClosed                        // dropped
	resourceExpired                       // a borrow whose call has ended
)

// why says what is wrong with a resource that is not usable.
var why = [...]string{
	resourceNone:    "is not a handle that a constructor or a call returned",
	resourceGiven:   "was given away, as an argument that takes ownership",
	resourceClosed:  "is closed",
	resourceExpired: "was borrowed for a call that has ended",
}

// forgotten is what the cleanup of an own handle needs.
type forgotten struct {
	handle uint32
	drop   func(uint32)
}

func (f forgotten) close() { f.drop(f.handle) }

// Handle is v's resource. R is a generated type of an imported resource.
func Handle[R any](v *R) *Resource { return (*Resource)(unsafe.Pointer(v)) }

// Own makes the Go value of an own handle. It is dropped by Close or, if that
// is forgotten, after the value has become unreachable.
func Own[R any](handle uint32, drop func(uint32)) *R {
	v := new(R)
	r := Handle(v)
	*r = Resource{handle: handle, state: resourceOwned, drop: drop}
	r.watch()
	if leaks {
		Opened(v, unsafe.Pointer(r), fmt.Sprintf("%T (handle %d)", v, handle))
	}
	return v
}

// Borrow makes the Go value of a borrow handle that an export received. It
// ends with the call that c records.
func Borrow[R any](c *Call, handle uint32, drop func(uint32)) *R {
	v := new(R)
	r := Handle(v)
	*r = Resource{handle: handle, state: resourceBorrowed, drop: drop}
	c.borrows = append(c.borrows, r)
	return v
}

func (r *Resource) watch() {
	r.cleanup = runtime.AddCleanup(r, forgotten.close, forgotten{r.handle, r.drop})
}

// Close drops an own handle. While a call that borrows it is in flight, it
// takes effect when that call has ended. Closing twice is harmless, and so is
// closing a borrow, which its call ends.
func (r *Resource) Close() error {
	if r == nil || r.state != resourceOwned {
		return nil
	}
	if r.lends > 0 {
		r.closing = true
		return nil
	}
	r.state = resourceClosed
	r.cleanup.Stop()
	Closed(unsafe.Pointer(r))
	r.drop(r.handle)
	return nil
}

func (r *Resource) check() {
	if r == nil {
		panic("tenon: a nil resource was passed to a call")
	}
	if r.closing {
		panic("tenon: the resource is closed")
	}
	if r.state != resourceOwned && r.state != resourceBorrowed {
		panic("tenon: the resource " + why[r.state])
	}
}

func (r *Resource) lend() uint32 {
	r.check()
	r.lends++
	return r.handle
}

func (r *Resource) endLend() {
	r.lends--
	if r.lends > 0 {
		return
	}
	if r.closing {
		r.closing = false
		r.Close()
	}
}

func (r *Resource) give() uint32 {
	r.check()
	if r.state == resourceBorrowed {
		panic("tenon: a borrowed resource cannot be given away; it belongs to the caller")
	}
	if r.lends > 0 {
		panic("tenon: the resource cannot be given away while a call that borrows it is in flight")
	}
	r.state = resourceGiven
	r.cleanup.Stop()
	Closed(unsafe.Pointer(r))
	return r.handle
}

// regain undoes give.
func (r *Resource) regain(handle uint32, _ func(uint32)) {
	r.handle, r.state = handle, resourceOwned
	r.watch()
}

func (r *Resource) endBorrow() {
	if r.lends > 0 {
		panic("tenon: a borrowed resource is still lent to a call in flight when the call that borrowed it returns")
	}
	r.state = resourceExpired
	r.drop(r.handle)
}
