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
	// What may be allocated while pinned before Go is given a chance to
	// notice that a collection is due.
	nudgeAfter = 1 << 20
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
	large   blockTable
	unseen  int // bytes allocated while pinned since the last nudge
	nudging []byte
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
		p := newBlock(size)
		large.put(Addr(p), p)
		unseen += int(size)
		return Addr(p)
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
	if oldSize > 0 && large.take(old) == nil {
		releaseSmall(old)
	}
	return addr
}

// claimLarge takes the large block at addr out of the host's hands; nil means
// that addr is not one.
func claimLarge(addr uint32) unsafe.Pointer {
	if large.count == 0 || addr-cutting.base < chunkSize {
		return nil
	}
	return takeLarge(addr)
}

func takeLarge(addr uint32) unsafe.Pointer {
	p := large.take(addr)
	if p != nil && unseen >= nudgeAfter {
		nudge()
	}
	return p
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

// nudge lets Go see that its heap has grown: a pinned allocation cannot start a
// collection, an ordinary one of more than 32 KiB looks whether one is due.
func nudge() {
	unseen = 0
	nudging = make([]byte, 33<<10)
}

// A blockTable holds large blocks by address, in open addressing. Its zero
// value is empty. A map would do but for its hooks into the race detector and
// its hash seed, which are none of cabi_realloc's business.
type blockTable struct {
	slots []block // length is a power of two
	count int
}

type block struct {
	addr uint32 // 0: free
	p    unsafe.Pointer
}

func (t *blockTable) index(addr uint32) int {
	return int((addr>>3)*2654435761>>8) & (len(t.slots) - 1)
}

func (t *blockTable) put(addr uint32, p unsafe.Pointer) {
	if 2*(t.count+1) > len(t.slots) {
		old := t.slots
		t.slots = make([]block, max(16, 2*len(old)))
		t.count = 0
		for _, b := range old {
			if b.addr != 0 {
				t.put(b.addr, b.p)
			}
		}
	}
	i := t.index(addr)
	for t.slots[i].addr != 0 {
		i = (i + 1) & (len(t.slots) - 1)
	}
	t.slots[i] = block{addr, p}
	t.count++
}

// take removes and returns the block at addr, or nil.
func (t *blockTable) take(addr uint32) unsafe.Pointer {
	if t.count == 0 {
		return nil
	}
	mask := len(t.slots) - 1
	i := t.index(addr)
	for t.slots[i].addr != addr {
		if t.slots[i].addr == 0 {
			return nil
		}
		i = (i + 1) & mask
	}
	p := t.slots[i].p
	t.count--
	// Close the gap: move up every follower that the gap would hide.
	for j := (i + 1) & mask; t.slots[j].addr != 0; j = (j + 1) & mask {
		if home := t.index(t.slots[j].addr); (j-home)&mask >= (j-i)&mask {
			t.slots[i] = t.slots[j]
			i = j
		}
	}
	t.slots[i] = block{}
	return p
}
