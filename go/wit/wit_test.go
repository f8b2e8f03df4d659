package wit

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"testing"
	"testing/iotest"
	"time"
)

func TestOption(t *testing.T) {
	if _, ok := (Option[int]{}).Get(); ok {
		t.Error("the zero value is not none")
	}
	if v, ok := Some(3).Get(); v != 3 || !ok {
		t.Errorf("Some(3).Get() = %v, %v", v, ok)
	}
	if v := None[int]().Or(4); v != 4 {
		t.Errorf("None.Or(4) = %v", v)
	}
	type message struct {
		A Option[int] `json:"a,omitzero"`
		B Option[string]
	}
	text, err := json.Marshal(message{B: Some("x")})
	if err != nil || string(text) != `{"B":"x"}` {
		t.Errorf("Marshal = %s, %v", text, err)
	}
	var m message
	if err := json.Unmarshal([]byte(`{"a":1,"B":null}`), &m); err != nil || m.A != Some(1) || m.B != None[string]() {
		t.Errorf("Unmarshal = %v, %v", m, err)
	}
}

func TestResult(t *testing.T) {
	if v, _, ok := Ok[int, string](1).Get(); v != 1 || !ok {
		t.Errorf("Ok(1).Get() = %v, %v", v, ok)
	}
	if _, e, ok := Err[int]("no").Get(); e != "no" || ok {
		t.Errorf("Err(no).Get() = %v, %v", e, ok)
	}
}

func TestStreamDeliversEverythingInOrder(t *testing.T) {
	w, r := NewStream[int]()
	go func() {
		defer w.Close()
		for i := range 1000 {
			if n, err := w.Write([]int{3 * i, 3*i + 1, 3*i + 2}); n != 3 || err != nil {
				t.Errorf("Write = %d, %v", n, err)
			}
		}
	}()
	next := 0
	for v, err := range r.All() {
		if err != nil || v != next {
			t.Fatalf("item %d is %d, %v", next, v, err)
		}
		next++
	}
	if next != 3000 {
		t.Fatalf("%d items", next)
	}
}

func TestStreamWriteEndsWhenReaderCloses(t *testing.T) {
	w, r := NewStream[int]()
	go func() {
		if _, err := r.Read(make([]int, 2)); err != nil {
			t.Error(err)
		}
		r.Close()
	}()
	if n, err := w.Write([]int{1, 2, 3}); n != 2 || err != io.ErrClosedPipe {
		t.Fatalf("Write = %d, %v", n, err)
	}
}

func TestStreamOperationsEndWithTheirContext(t *testing.T) {
	w, r := NewStream[int]()
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	if _, err := r.ReadContext(ctx, make([]int, 1)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("read: %v", err)
	}
	if n, err := w.WriteContext(ctx, []int{1}); n != 0 || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("write: %d, %v", n, err)
	}
	go w.Write([]int{7})
	if v := make([]int, 4); true {
		if n, err := r.Read(v); n != 1 || v[0] != 7 || err != nil {
			t.Errorf("read after a cancelled one: %v, %d, %v", v, n, err)
		}
	}
}

func TestStreamReadyNoticesReaderAndItsEnd(t *testing.T) {
	w, r := NewStream[int]()
	ready := make(chan error)
	go func() { ready <- w.Ready(context.Background()) }()
	go r.Read(make([]int, 1))
	if err := <-ready; err != nil {
		t.Fatalf("Ready with a reader: %v", err)
	}
	go func() { ready <- w.Ready(context.Background()) }()
	r.Close()
	if err := <-ready; err != nil && err != io.ErrClosedPipe {
		t.Fatalf("Ready with a closing reader: %v", err)
	}
	if err := w.Ready(context.Background()); err != io.ErrClosedPipe {
		t.Fatalf("Ready with a closed reader: %v", err)
	}
}

func TestByteStreamIsAReader(t *testing.T) {
	want := make([]byte, 300_000)
	for i := range want {
		want[i] = byte(i * 7)
	}
	w, r := NewByteStream()
	go func() {
		defer w.Close()
		if n, err := w.ReadFrom(iotest.HalfReader(io.LimitReader(&repeat{want}, int64(len(want))))); n != int64(len(want)) || err != nil {
			t.Errorf("ReadFrom = %d, %v", n, err)
		}
	}()
	got, err := io.ReadAll(r)
	if err != nil || !slices.Equal(got, want) {
		t.Fatalf("%d bytes, %v", len(got), err)
	}
}

type repeat struct{ data []byte }

func (r *repeat) Read(p []byte) (int, error) {
	n := copy(p, r.data)
	r.data = r.data[n:]
	return n, nil
}

func TestFuture(t *testing.T) {
	p, f := NewFuture(func() (int, error) { return 0, errors.New("unresolved") })
	go func() {
		if !p.Resolve(5) || p.Resolve(6) || p.Close() != nil {
			t.Error("only the first Resolve counts")
		}
	}()
	for range 2 {
		if v, err := f.Await(context.Background()); v != 5 || err != nil {
			t.Fatalf("Await = %v, %v", v, err)
		}
	}
	q, f := NewFuture(func() (int, error) { return 0, errors.New("unresolved") })
	q.Close()
	if _, err := f.Await(context.Background()); err == nil || err.Error() != "unresolved" {
		t.Fatalf("Await of a closed promise: %v", err)
	}
	_, f = NewFuture(func() (int, error) { return 0, nil })
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := f.Await(ctx); err != nil && !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

func TestPromiseSend(t *testing.T) {
	background := context.Background()
	unresolved := func() (string, error) { return "unresolved", nil }

	p, f := NewFuture(unresolved)
	sent := make(chan error, 1)
	go func() { sent <- p.Send(background, "a") }()
	if v, err := f.Await(background); v != "a" || err != nil {
		t.Errorf("Await of what is sent: %q, %v", v, err)
	}
	if err := <-sent; err != nil {
		t.Errorf("Send to a reader: %v", err)
	}
	if err := p.Send(background, "b"); err != ErrClosed {
		t.Errorf("sending twice: %v", err)
	}

	p, f = NewFuture(unresolved)
	go func() { sent <- p.Send(background, "a") }()
	f.Close()
	if err := <-sent; err != io.ErrClosedPipe {
		t.Errorf("Send to a closed future: %v", err)
	}

	p, f = NewFuture(unresolved)
	ctx, cancel := context.WithTimeout(background, time.Millisecond)
	defer cancel()
	if err := p.Send(ctx, "a"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Send without a reader: %v", err)
	}
	if !p.Resolve("b") {
		t.Error("a promise is not as it was after cancelled sending")
	}
	if v, err := f.Await(background); v != "b" || err != nil {
		t.Errorf("Await after cancelled sending: %q, %v", v, err)
	}

	p, f = NewFuture(unresolved)
	ctx, cancel = context.WithCancel(background)
	go func() { sent <- p.Send(ctx, "a") }()
	for {
		p.c.mu.Lock()
		offered := p.c.state == cellOffered
		p.c.mu.Unlock()
		if offered {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if p.Resolve("b") {
		t.Error("Resolve counts while Send is under way")
	}
	p.Close()
	cancel()
	if err := <-sent; err != context.Canceled {
		t.Errorf("cancelled Send: %v", err)
	}
	if v, err := f.Await(background); v != "unresolved" || err != nil {
		t.Errorf("Await of a promise closed while sending: %q, %v", v, err)
	}
}
