package abi

import (
	"slices"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// A Call owns what was lowered for one call: buffers, strings kept alive,
// handles lent and given, borrows received. Calls are recycled; after Free a
// Call must not be used.
//
// Its buffers are never on a goroutine's stack: stacks move, and the host may
// call cabi_realloc, or write a result, while a stack would.
type Call struct {
	buf     []byte // the buffer being filled; its length is what is used
	bufs    [][]byte
	keep    []unsafe.Pointer
	lends   []*Resource
	gives   []give
	borrows []*Resource
	next    *Call
}

// A give is a handle that was passed on, so that it can come back when the
// callee never started, or the reader of a stream has not taken it.
type give struct {
	from   giver
	handle uint32
	drop   func(handle uint32) // of an exported resource
}

// A giver takes back a handle that it gave.
type giver interface {
	regain(handle uint32, drop func(uint32))
}

// A giveBack is a giver of another package.
type giveBack func(handle uint32)

func (f giveBack) regain(handle uint32, _ func(uint32)) { f(handle) }

const (
	callBuffer    = 512      // the first buffer of a call
	callBufferMax = 64 << 10 // a larger one is not kept for the next call
)

var freeCalls *Call

// NewCall starts the record of one call.
func NewCall() *Call {
	c := freeCalls
	if c == nil {
		return new(Call)
	}
	freeCalls = c.next
	return c
}

// newBuffer makes an empty buffer that is aligned for any canonical type.
func newBuffer(size uint32) []byte {
	return unsafe.Slice((*byte)(newBlock(size)), size)[:0]
}

// Free ends the call: lends are over, borrows are dropped, buffers recycled.
func (c *Call) Free() {
	c.reset()
	c.next = freeCalls
	freeCalls = c
}

// reset makes c as good as new.
func (c *Call) reset() {
	// Most calls have none of these: it pays not to touch them.
	if len(c.lends)+len(c.borrows) > 0 {
		c.endLends()
		c.endBorrows()
	}
	if len(c.keep) > 0 {
		clear(c.keep)
		c.keep = c.keep[:0]
	}
	if len(c.gives)+len(c.bufs) > 0 {
		c.forget()
	}
	c.buf = c.buf[:0]
}

// forget lets go of handles that were given and of buffers that were filled.
func (c *Call) forget() {
	clear(c.gives)
	clear(c.bufs)
	c.gives, c.bufs = c.gives[:0], c.bufs[:0]
	if cap(c.buf) > callBufferMax {
		c.buf = newBuffer(callBuffer)
	}
}

func (c *Call) endLends() {
	for i, r := range c.lends {
		c.lends[i] = nil
		r.endLend()
	}
	c.lends = c.lends[:0]
}

func (c *Call) endBorrows() {
	for i, r := range c.borrows {
		c.borrows[i] = nil
		r.endBorrow()
	}
	c.borrows = c.borrows[:0]
}

// Alloc is size zeroed bytes that stay where they are until Free. The address
// is a multiple of align, which is at most 8.
func (c *Call) Alloc(size, align uint32) unsafe.Pointer {
	if size == 0 {
		return nil
	}
	start := (uint32(len(c.buf)) + align - 1) &^ (align - 1)
	if start+size > uint32(cap(c.buf)) {
		if size > callBufferMax/2 {
			p := newBlock(size)
			c.keep = append(c.keep, p)
			return p
		}
		if cap(c.buf) > 0 {
			c.bufs = append(c.bufs, c.buf)
		}
		c.buf = newBuffer(max(size, callBuffer, min(callBufferMax, 2*uint32(cap(c.buf)))))
		start = 0
	}
	c.buf = c.buf[:start+size]
	clear(c.buf[start:])
	return unsafe.Pointer(&c.buf[start])
}

// StringData lowers s by its address, without a copy. Go strings may hold
// bytes that are not UTF-8, which the host refuses; they become U+FFFD.
func StringData(s string) (unsafe.Pointer, uint32) {
	if len(s) == 0 {
		return nil, 0
	}
	if !ascii(s) {
		s = valid(s)
	}
	return unsafe.Pointer(unsafe.StringData(s)), uint32(len(s))
}

// ascii reports whether s is all ASCII. Most strings are, and utf8.ValidString
// is slow to see it: it steps through what is left of eight bytes.
func ascii(s string) bool {
	const high = 0x8080808080808080
	p, n := unsafe.Pointer(unsafe.StringData(s)), uintptr(len(s))
	if n < 8 {
		bits := byte(0)
		for i := range n {
			bits |= *(*byte)(unsafe.Add(p, i))
		}
		return bits < 0x80
	}
	for i := uintptr(0); i < n-8; i += 8 {
		if *(*uint64)(unsafe.Add(p, i))&high != 0 {
			return false
		}
	}
	// The last eight bytes, some of which may have been seen.
	return *(*uint64)(unsafe.Add(p, n-8))&high == 0
}

// valid is s, or a copy in which U+FFFD stands for what is not UTF-8.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// String lowers s as StringData does, and keeps it.
func (c *Call) String(s string) (unsafe.Pointer, uint32) {
	if len(s) == 0 {
		return nil, 0
	}
	if !ascii(s) {
		s = valid(s)
	}
	p := unsafe.Pointer(unsafe.StringData(s))
	c.keep = append(c.keep, p)
	return p, uint32(len(s))
}

// StoreString lowers s and stores its address and length at p.
func (c *Call) StoreString(p unsafe.Pointer, s string) {
	q, n := c.String(s)
	storeSpan(p, q, n)
}

// storeSpan stores where a string or list is at p: its address and length.
func storeSpan(p, data unsafe.Pointer, n uint32) {
	*(*uint32)(p) = Addr(data)
	*(*uint32)(unsafe.Add(p, 4)) = n
}

// SliceData lowers s by its address. T's layout in Go must be the canonical
// one, and it holds no pointers.
func SliceData[T any](s []T) (unsafe.Pointer, uint32) {
	if len(s) == 0 {
		// The host checks the alignment of an empty list, too; nil has any.
		return nil, 0
	}
	return unsafe.Pointer(unsafe.SliceData(s)), uint32(len(s))
}

// Slice lowers s as SliceData does, and keeps it.
func Slice[T any](c *Call, s []T) (unsafe.Pointer, uint32) {
	p, n := SliceData(s)
	if n > 0 {
		c.keep = append(c.keep, p)
	}
	return p, n
}

// StoreSlice lowers s and stores its address and length at p.
func StoreSlice[T any](c *Call, p unsafe.Pointer, s []T) {
	q, n := Slice(c, s)
	storeSpan(p, q, n)
}

// Lend passes r as a borrow: its handle, which stays valid until Free.
func (c *Call) Lend(r *Resource) uint32 {
	h := r.lend()
	c.lends = append(c.lends, r)
	return h
}

// Give passes r as an own: its handle, which r loses.
func (c *Call) Give(r *Resource) uint32 {
	h := r.give()
	c.gives = append(c.gives, give{from: r, handle: h})
	return h
}

// Gave notes that a handle was passed on. back takes it back.
func (c *Call) Gave(handle uint32, back func(handle uint32)) {
	c.gives = append(c.gives, give{from: giveBack(back), handle: handle})
}

// Mark is a place in the record of given handles, for Ungive.
func (c *Call) Mark() int { return len(c.gives) }

// Ungive takes back the handles that were given since mark: the other side has
// not taken them.
func (c *Call) Ungive(mark int) {
	for _, g := range c.gives[mark:] {
		g.from.regain(g.handle, g.drop)
	}
	clear(c.gives[mark:])
	c.gives = c.gives[:mark]
}

// Char lowers r. What is no Unicode scalar value, which the host refuses,
// becomes U+FFFD, as in a string.
func Char(r rune) uint32 {
	if !utf8.ValidRune(r) {
		return utf8.RuneError
	}
	return uint32(r)
}

// RuneData lowers a list of characters: by its address, unless one of them is
// no Unicode scalar value.
func RuneData(s []rune) (unsafe.Pointer, uint32) {
	for i, r := range s {
		if utf8.ValidRune(r) {
			continue
		}
		valid := slices.Clone(s)
		for j := range valid[i:] {
			valid[i+j] = rune(Char(valid[i+j]))
		}
		return SliceData(valid)
	}
	return SliceData(s)
}

// Runes lowers s as RuneData does, and keeps it.
func (c *Call) Runes(s []rune) (unsafe.Pointer, uint32) {
	p, n := RuneData(s)
	if n > 0 {
		c.keep = append(c.keep, p)
	}
	return p, n
}

// StoreRunes lowers s and stores its address and length at p.
func (c *Call) StoreRunes(p unsafe.Pointer, s []rune) {
	q, n := c.Runes(s)
	storeSpan(p, q, n)
}
