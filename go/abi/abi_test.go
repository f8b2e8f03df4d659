package abi

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unsafe"
)

// The table is checked against a map through a long random history.
func TestBlockTableAgainstMap(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var table blockTable
	model := map[uint32]unsafe.Pointer{}
	for range 200_000 {
		addr := (random.Uint32N(4096) + 1) * 8
		if p, ok := model[addr]; ok {
			if got := table.take(addr); got != p {
				t.Fatalf("take(%d) = %v, want %v", addr, got, p)
			}
			delete(model, addr)
			continue
		}
		if got := table.take(addr); got != nil {
			t.Fatalf("take(%d) = %v of an absent block", addr, got)
		}
		p := unsafe.Pointer(new(uint64))
		table.put(addr, p)
		model[addr] = p
	}
	if table.count != len(model) {
		t.Fatalf("count %d, want %d", table.count, len(model))
	}
}

func TestCallMemoryIsZeroedAlignedAndApart(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		c := NewCall()
		var blocks [][]byte
		for i := range 50 {
			align := uint32(1) << random.Uint32N(4)
			size := random.Uint32N(3000)
			if i%17 == 0 {
				size = random.Uint32N(100_000)
			}
			p := c.Alloc(size, align)
			if uintptr(p)%uintptr(align) != 0 {
				t.Fatalf("%p is not aligned to %d", p, align)
			}
			b := unsafe.Slice((*byte)(p), size)
			for _, x := range b {
				if x != 0 {
					t.Fatal("memory is not zeroed, or handed out twice")
				}
			}
			for j := range b {
				b[j] = byte(i + 1)
			}
			blocks = append(blocks, b)
		}
		for i, b := range blocks {
			for _, x := range b {
				if x != byte(i+1) {
					t.Fatal("blocks overlap")
				}
			}
		}
		c.Free()
	}
}

func TestTable(t *testing.T) {
	var table Table[string]
	a, b := table.Add("a"), table.Add("b")
	if a == 0 || b == 0 || a == b {
		t.Fatalf("reps %d, %d", a, b)
	}
	if v := table.Remove(a); v != "a" {
		t.Fatalf("Remove = %q", v)
	}
	if c := table.Add("c"); c != a {
		t.Fatalf("rep %d is not used again: %d", a, c)
	}
	if table.Get(a) != "c" || table.Get(b) != "b" {
		t.Fatal("Get gives the wrong value")
	}
}

type handle struct{ res Resource }

func TestResourceClosesOnceAndAfterItsLends(t *testing.T) {
	var dropped []uint32
	drop := func(h uint32) { dropped = append(dropped, h) }
	r := Own[handle](7, drop)
	c := NewCall()
	if h := c.Lend(Handle(r)); h != 7 {
		t.Fatalf("Lend = %d", h)
	}
	r.res.Close()
	if len(dropped) != 0 {
		t.Fatal("dropped while lent")
	}
	c.Free()
	r.res.Close()
	if len(dropped) != 1 || dropped[0] != 7 {
		t.Fatalf("dropped %v", dropped)
	}
}

func TestUngiveGivesBackWhatWasNotTaken(t *testing.T) {
	drop := func(uint32) {}
	a, b := Own[handle](1, drop), Own[handle](2, drop)
	c := NewCall()
	c.Give(Handle(a))
	mark := c.Mark()
	c.Give(Handle(b))
	c.Ungive(mark)
	if b.res.state != resourceOwned || a.res.state != resourceGiven {
		t.Fatalf("states %d, %d", a.res.state, b.res.state)
	}
	c.Free()
	defer func() {
		if recover() == nil {
			t.Error("lending a resource that was given away does not panic")
		}
	}()
	NewCall().Lend(Handle(a))
}

func TestBorrowExpires(t *testing.T) {
	drops := 0
	c := NewCall()
	r := Borrow[handle](c, 5, func(uint32) { drops++ })
	r.res.Close()
	c.Free()
	if drops != 1 || r.res.state != resourceExpired {
		t.Fatalf("%d drops, state %d", drops, r.res.state)
	}
}

func TestGivesOfEveryKindComeBack(t *testing.T) {
	var table Table[string]
	handles := map[uint32]uint32{}
	create := func(rep uint32) uint32 { handles[100+rep] = rep; return 100 + rep }
	drop := func(h uint32) { table.Drop(handles[h]); delete(handles, h) }
	c := NewCall()
	kept := table.Give(c, "kept", create, drop)
	mark := c.Mark()
	table.Give(c, "back", create, drop)
	var back []uint32
	c.Gave(7, func(h uint32) { back = append(back, h) })
	c.Ungive(mark)
	c.Free()
	if len(handles) != 1 || table.Get(handles[kept]) != "kept" {
		t.Errorf("handles %v", handles)
	}
	if len(back) != 1 || back[0] != 7 {
		t.Errorf("given back: %v", back)
	}
}

func TestCharsAreScalarValues(t *testing.T) {
	for r, want := range map[rune]uint32{'a': 'a', 0x10FFFF: 0x10FFFF, 0xD800: 0xFFFD, -1: 0xFFFD, 0x110000: 0xFFFD} {
		if got := Char(r); got != want {
			t.Errorf("Char(%#x) = %#x, want %#x", r, got, want)
		}
	}
	c := NewCall()
	defer c.Free()
	given := []rune{'a', 0xDFFF, 'b'}
	p, n := c.Runes(given)
	if got := unsafe.Slice((*rune)(p), n); got[0] != 'a' || got[1] != 0xFFFD || got[2] != 'b' || given[1] != 0xDFFF {
		t.Errorf("Runes(%v) = %v", given, got)
	}
}

func TestStringsAreValidUTF8(t *testing.T) {
	long := strings.Repeat("abcdefgh", 9)
	for i := range len(long) {
		for _, odd := range []string{"", "é", "\x80", "\xff", "世", "\xe4\xb8"} {
			for _, s := range []string{long[:i] + odd, long[:i] + odd + "x", odd + long[i:]} {
				p, n := StringData(s)
				if got, want := unsafe.String((*byte)(p), n), strings.ToValidUTF8(s, "\uFFFD"); got != want {
					t.Fatalf("StringData(%q) = %q, want %q", s, got, want)
				}
				if want := strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0; ascii(s) != want {
					t.Fatalf("ascii(%q) = %v", s, !want)
				}
			}
		}
	}
}

// Blocks that are live at the same time never overlap, whatever the order in
// which they are given back, and chunks are used again.
func TestSmallBlocksStayApart(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	type span struct{ addr, size uint32 }
	var live []span
	for range 20_000 {
		if len(live) > 0 && random.Uint32N(100) < 50 {
			i := random.IntN(len(live))
			releaseSmall(live[i].addr)
			live[i] = live[len(live)-1]
			live = live[:len(live)-1]
			continue
		}
		align := uint32(1) << random.Uint32N(4)
		size := 1 + random.Uint32N(smallMax)
		addr := allocBlock(align, size)
		if addr%align != 0 {
			t.Fatalf("%#x is not aligned to %d", addr, align)
		}
		for _, other := range live {
			if addr-other.addr < other.size || other.addr-addr < size {
				t.Fatalf("%#x+%d overlaps %#x+%d", addr, size, other.addr, other.size)
			}
		}
		live = append(live, span{addr, size})
	}
	for _, block := range live {
		releaseSmall(block.addr)
	}
	if len(full) != 0 || cutting.live != 0 {
		t.Errorf("%d chunks in use, %d blocks live, after all were given back", len(full), cutting.live)
	}
}

func TestStringsOfOneListShareMemory(t *testing.T) {
	lift := func(s string) string { return batched([]byte(s)) }
	allocations := testing.AllocsPerRun(10, func() {
		BeginBatch(100)
		BeginBatch(1) // of a list inside the list
		EndBatch()
		for i := range 100 {
			if s := lift("a label"[:i%7]); s != "a label"[:i%7] {
				t.Fatalf("item %d is %q", i, s)
			}
		}
		EndBatch()
	})
	if allocations > 4 {
		t.Errorf("%v allocations for 100 strings", allocations)
	}
	if batches != 0 || batchRest != nil {
		t.Error("memory is kept after the list")
	}
}
