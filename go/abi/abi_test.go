package abi

import (
	"math/rand/v2"
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
