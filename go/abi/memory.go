package abi

import "unsafe"

// Ptr is the address addr of linear memory as a pointer.
func Ptr(addr uint32) unsafe.Pointer { return unsafe.Add(unsafe.Pointer(nil), uintptr(addr)) }

// Addr is p as an address of linear memory.
func Addr(p unsafe.Pointer) uint32 { return uint32(uintptr(p)) }

// LiftString takes a string of n bytes that the host wrote at addr. The block
// becomes Go's: a large one is the string itself, a small one is copied.
func LiftString(addr, n uint32) string {
	if n == 0 {
		return ""
	}
	if p := claimLarge(addr); p != nil {
		return unsafe.String((*byte)(p), n)
	}
	// An array's slice costs a comparison; unsafe.Slice checks more.
	block := (*[smallMax]byte)(Ptr(addr))[:n]
	var s string
	if batches > 0 && n <= batchedMax {
		s = batched(block)
	} else {
		s = string(block)
	}
	if !unCut(addr) {
		releaseOld(addr)
	}
	return s
}

// LoadString takes the string whose address and length are stored at p.
func LoadString(p unsafe.Pointer) string {
	return LiftString(*(*uint32)(p), *(*uint32)(unsafe.Add(p, 4)))
}

// LiftSlice takes a list of n elements that the host wrote at addr. T's layout
// in Go must be the canonical one, and it holds no pointers.
func LiftSlice[T any](addr, n uint32) []T {
	if n == 0 {
		return []T{}
	}
	if p := claimLarge(addr); p != nil {
		return unsafe.Slice((*T)(p), n)
	}
	s := make([]T, n)
	copy(s, unsafe.Slice((*T)(Ptr(addr)), n))
	releaseSmall(addr)
	return s
}

// LoadSlice takes the list whose address and length are stored at p.
func LoadSlice[T any](p unsafe.Pointer) []T {
	return LiftSlice[T](*(*uint32)(p), *(*uint32)(unsafe.Add(p, 4)))
}

// Release gives back the block of size bytes at addr that the host wrote, once
// what it holds has been lifted.
func Release(addr, size uint32) {
	if size > 0 && claimLarge(addr) == nil {
		releaseSmall(addr)
	}
}
