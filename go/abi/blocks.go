//lint:file-ignore U1000 cabi_realloc uses all of it, and only WebAssembly has that

package abi

import "unsafe"

// Memory that the host asks for through cabi_realloc.
//
// The host may call while the instance must not be left: no import may run, so
// neither may the garbage collector (it reads the clock) nor the scheduler.
// The allocator below therefore runs with the scheduler pinned: then Go starts
// no collection, assists none, and preempts nobody (gcStart, gcAssistAlloc and
// newstack look at m.locks). Heap growth may still read the clock; the idle
// shim answers that from a cache while cabi_realloc runs.
//
// A block belongs to the call it was written for: it stays until that call
// lifts it, whatever other tasks do. There are two kinds.
//
//   - small, up to smallMax bytes: carved from a chunk, copied out when lifted;
//     a chunk is used again when all of its blocks have been claimed
//   - large: an allocation of its own, which is handed to the user without a
//     copy when lifted
const (
	smallMax  = 8 << 10
	chunkSize = 64 << 10
)

// A chunk is cut up from its start. live counts the blocks not yet claimed.
type chunk struct {
	mem  *[chunkSize]byte
	base uint32 // its address
	off  uint32 // what is cut off so far
	live uint32
}

// noChunk is where no chunk can be.
const noChunk = 0xffff0000

var (
	cutting = chunk{base: noChunk, off: chunkSize} // the chunk in use, none at first
	full    []chunk                                // those before it that have live blocks
	spare   *[chunkSize]byte                       // a chunk without
)

// cut takes a block from the chunk in use; 0 means that it does not fit. It
// needs no pin: nothing is called.
//
//go:nosplit
func cut(align, size uint32) uint32 {
	start := (cutting.off + align - 1) &^ (align - 1)
	if start+size > chunkSize {
		return 0
	}
	cutting.off = start + size
	cutting.live++
	return cutting.base + start
}

// allocBlock serves cabi_realloc. The caller has pinned the scheduler.
func allocBlock(align, size uint32) uint32 {
	if size > smallMax {
		return allocLarge(size)
	}
	if addr := cut(align, size); addr != 0 {
		return addr
	}
	if cutting.live > 0 {
		full = append(full, cutting)
	}
	mem := spare
	spare = nil
	if mem == nil {
		mem = new([chunkSize]byte)
		unseen += chunkSize
	}
	cutting = chunk{mem: mem, base: Addr(unsafe.Pointer(mem))}
	return cut(align, size)
}

// newBlock allocates memory without pointers, aligned for any canonical type.
func newBlock(size uint32) unsafe.Pointer {
	return unsafe.Pointer(unsafe.SliceData(make([]uint64, (size+7)/8)))
}

// reallocBlock grows or shrinks a block, as transcoding a string does.
func reallocBlock(old, oldSize, align, size uint32) uint32 {
	if size <= oldSize {
		return old
	}
	addr := allocBlock(align, size)
	copy(unsafe.Slice((*byte)(Ptr(addr)), size), unsafe.Slice((*byte)(Ptr(old)), oldSize))
	if oldSize > 0 && !dropLarge(old) {
		releaseSmall(old)
	}
	return addr
}

// releaseSmall gives back a block that was cut from a chunk.
func releaseSmall(addr uint32) {
	if !unCut(addr) {
		releaseOld(addr)
	}
}

// unCut gives back a block of the chunk in use; false means that it is not.
func unCut(addr uint32) bool {
	if addr-cutting.base >= chunkSize {
		return false
	}
	if cutting.live--; cutting.live == 0 {
		cutting.off = 0
	}
	return true
}

// releaseOld gives back a block of a chunk that is no longer in use.
func releaseOld(addr uint32) {
	for i := range full {
		c := &full[i]
		if addr-c.base >= chunkSize {
			continue
		}
		if c.live--; c.live == 0 {
			spare = c.mem
			last := len(full) - 1
			full[i] = full[last]
			full[last] = chunk{}
			full = full[:last]
		}
		return
	}
	panic("tenon: a block that the host did not allocate, or that was lifted before")
}
