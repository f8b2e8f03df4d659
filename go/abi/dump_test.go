package abi

import "testing"

func TestParseGoroutine(t *testing.T) {
	const text = `goroutine 18 [chan receive, 2 minutes]:
runtime.gopark(...)
	runtime/proc.go:1
sync.(*Mutex).Lock(...)
	sync/mutex.go:2
main.wait({0x1, 0x2})
	example.com/app/main.go:12 +0x3
main.(*shop).Place(...)
	example.com/app/main.go:20 +0x4
created by main.start in goroutine 7
	example.com/app/main.go:10 +0x5`
	want := goroutine{
		id: 18, parent: 7, state: "chan receive, 2 minutes",
		function: "main.wait", at: "example.com/app/main.go:12",
		caller: "main.(*shop).Place, example.com/app/main.go:20",
	}
	if got := parseGoroutine(text); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for _, text := range []string{"", "goroutine", "goroutine x [", "goroutine 3 [running]:\nlonely"} {
		if g := parseGoroutine(text); g.function != "" {
			t.Errorf("%q: %+v", text, g)
		}
	}
}

func TestFamily(t *testing.T) {
	all := map[uint64]goroutine{1: {id: 1}, 5: {id: 5, parent: 1}, 7: {id: 7, parent: 5}, 9: {id: 9, parent: 7}, 8: {id: 8, parent: 2}}
	var ids []uint64
	for _, g := range family(all, 5) {
		ids = append(ids, g.id)
	}
	if len(ids) != 3 || ids[0] != 5 || ids[1] != 7 || ids[2] != 9 {
		t.Errorf("5 and its descendants are %v", ids)
	}
}

func TestGoroutines(t *testing.T) {
	id := goroutineID()
	if g := goroutines()[id]; id == 0 || g.state != "running" || g.function != "testing.tRunner" {
		t.Errorf("goroutine %d is %+v", id, g)
	}
}
