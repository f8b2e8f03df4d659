//lint:file-ignore U1000 cabi_realloc uses all of it, and only WebAssembly has that

package abi

import (
	"math/bits"
	"unsafe"
)

// Large blocks from memory that Go's collector knows nothing of, with a free
// list for each power of two. What the host wrote is copied to Go's heap when
// it is lifted, and the block is free again.
//
// The memory is an array in the data section: runtime.sbrk, which a program
// would use, needs a flag of the linker.
var (
	outside    [64 << 20 / 8]uint64
	outsideOff uint32
	free       [32]uint32 // by the logarithm of their sizes, each the first of a list
)

// A block's header: the logarithm of its size, and what of it is used. In a
// free block the next one of the list takes the place of what was written.
type outsideHeader struct{ class, size uint32 }

const outsideHeaderSize = 8

// unseen counts the chunks of small blocks. They are few, and the strings that
// are copied let the collector see how the heap has grown.
var unseen int

func allocLarge(size uint32) uint32 {
	class := uint32(bits.Len32(size - 1))
	addr := free[class]
	if addr != 0 {
		free[class] = *(*uint32)(Ptr(addr))
	} else {
		addr = Addr(unsafe.Pointer(&outside)) + outsideOff + outsideHeaderSize
		outsideOff += 1<<class + outsideHeaderSize
		if uintptr(outsideOff) > unsafe.Sizeof(outside) {
			panic("the memory outside of the heap is used up")
		}
	}
	*header(addr) = outsideHeader{class, size}
	return addr
}

func header(addr uint32) *outsideHeader { return (*outsideHeader)(Ptr(addr - outsideHeaderSize)) }

func isOutside(addr uint32) bool {
	return uintptr(addr-Addr(unsafe.Pointer(&outside))) < unsafe.Sizeof(outside)
}

func claimLarge(addr uint32) unsafe.Pointer {
	if !isOutside(addr) {
		return nil
	}
	// Memory for a string is not cleared first.
	s := string(unsafe.Slice((*byte)(Ptr(addr)), header(addr).size))
	dropLarge(addr)
	return unsafe.Pointer(unsafe.StringData(s))
}

func dropLarge(addr uint32) bool {
	if !isOutside(addr) {
		return false
	}
	class := header(addr).class
	*(*uint32)(Ptr(addr)) = free[class]
	free[class] = addr
	return true
}
