//lint:file-ignore U1000 the host calls what is exported here, and staticcheck does not know of go:wasmexport

package abi

import "unsafe"

// Before Go is initialised there is no heap: the preview 1 adapter's state and
// stack, which it asks for at its first call, come from here and stay for good.
var (
	early    [256 << 10]byte
	earlyOff uintptr
	ready    bool
)

func init() { ready = true }

// cabi_realloc is called by the host to place what it hands over. It must run
// before the first byte of Go's runtime has, and may not be preempted until
// the scheduler is pinned, hence nosplit.
//
//go:nosplit
//go:wasmexport cabi_realloc
func cabiRealloc(old, oldSize, align, size uint32) uint32 {
	if size == 0 {
		return align
	}
	if old == 0 && size <= smallMax {
		// Before Go is initialised there is no chunk either.
		if addr := cut(align, size); addr != 0 {
			return addr
		}
	}
	if !ready {
		return earlyBlock(align, size)
	}
	procPin()
	var addr uint32
	if old == 0 || oldSize == 0 {
		addr = allocBlock(align, size)
	} else {
		addr = reallocBlock(old, oldSize, align, size)
	}
	procUnpin()
	return addr
}

// cabi_realloc_adapter serves the preview 1 adapter, whose blocks are never
// given back.
//
//go:nosplit
//go:wasmexport cabi_realloc_adapter
func cabiReallocAdapter(old, oldSize, align, size uint32) uint32 {
	if !ready {
		return earlyBlock(align, size)
	}
	procPin()
	addr := permanentBlock(size)
	procUnpin()
	return addr
}

//go:nosplit
func earlyBlock(align, size uint32) uint32 {
	base := uintptr(unsafe.Pointer(&early))
	start := (base + earlyOff + uintptr(align) - 1) &^ (uintptr(align) - 1)
	earlyOff = start - base + uintptr(size)
	if earlyOff > unsafe.Sizeof(early) {
		var none *int
		*none = 0 // no Go yet to say it in words
	}
	return uint32(start)
}

var permanent []unsafe.Pointer

func permanentBlock(size uint32) uint32 {
	p := newBlock(size)
	permanent = append(permanent, p)
	return Addr(p)
}
