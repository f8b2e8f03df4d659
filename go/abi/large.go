//lint:file-ignore U1000 cabi_realloc uses all of it, and only WebAssembly has that

package abi

import "unsafe"

// nudgeAfter is what may be allocated while pinned before Go is given a chance
// to notice that a collection is due.
const nudgeAfter = 1 << 20

var (
	large   blockTable
	unseen  int // bytes allocated while pinned since the last nudge
	nudging []byte
)

// allocLarge allocates a block that is handed to the user without a copy. The
// caller has pinned the scheduler.
func allocLarge(size uint32) uint32 {
	p := newBlock(size)
	large.put(Addr(p), p)
	unseen += int(size)
	return Addr(p)
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

// dropLarge forgets the large block at addr; false means that it is not one.
func dropLarge(addr uint32) bool { return large.take(addr) != nil }

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
