// Command runner passes more arguments than can be passed flat, and sends values of all shapes through streams and futures.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"runtime"
	"strings"

	"example.com/interop/tenon-payloads/runner/wit/export/runner"
	"example.com/interop/tenon-payloads/runner/wit/tenon/payloads/totest"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

func (program) Run(ctx context.Context) error {
	for _, entry := range entries() {
		now := func(c totest.Entry, d wit.Option[totest.Shape]) (totest.Entry, error) {
			return totest.WideNow(200, "gr\u00fc\u00dfe", c, d, e, f, g)
		}
		wide("wide-now", now, entry)
		later := func(c totest.Entry, d wit.Option[totest.Shape]) (totest.Entry, error) {
			return totest.Wide(ctx, 200, "gr\u00fc\u00dfe", c, d, e, f, g)
		}
		wide("wide", later, entry)
	}
	held(ctx)

	stream(ctx, "echo-numbers", totest.EchoNumbers, []uint64{0, 1, 1 << 63, math.MaxUint64, 5, 6, 7})
	stream(ctx, "echo-pairs", totest.EchoPairs, []wit.Tuple2[uint8, uint32]{
		{F0: 1, F1: math.MaxUint32}, {F0: 255, F1: 0}, {F0: 3, F1: 4}, {F0: 5, F1: 6},
	})
	stream(ctx, "echo-strings", totest.EchoStrings, []string{"", "a", "gr\u00fc\u00dfe", "\U0001F680", strings.Repeat("x", 100_000)})
	stream(ctx, "echo-shapes", totest.EchoShapes, shapes())
	for _, entry := range entries() {
		future(ctx, wit.Ok[totest.Entry, totest.Color](entry))
	}
	future(ctx, wit.Err[totest.Entry](totest.ColorBlue))
	flatten(ctx)
	return nil
}

// What all callers of wide agree on.
var (
	e = wit.Tuple2[int64, float32]{F0: math.MinInt64, F1: -0.5}
	f = totest.AccessRead | totest.AccessExecute
	g = '\U0001F680'
)

func entries() []totest.Entry {
	return []totest.Entry{
		{Name: "", Tags: []string{}},
		{Flag: true, Name: "one", Count: 1, Tags: []string{"a"}},
		{Name: "many \U0001F680", Count: math.MaxUint64, Tags: []string{"", "b", strings.Repeat("tag ", 1000)}},
	}
}

func shapes() []totest.Shape {
	return []totest.Shape{
		totest.ShapeDot{}, totest.ShapeCircle{Value: math.Inf(-1)}, totest.ShapeCircle{Value: 0.5}, totest.ShapeLabel{Value: "label"},
		totest.ShapeLabel{Value: ""}, totest.ShapeEntries{Value: []totest.Entry{}}, totest.ShapeEntries{Value: entries()},
	}
}

func wide(what string, call func(totest.Entry, wit.Option[totest.Shape]) (totest.Entry, error), entry totest.Entry) {
	got, err := call(entry, wit.None[totest.Shape]())
	check(what, err)
	same(what, got, entry)
	for _, shape := range shapes() {
		got, err := call(entry, wit.Some(shape))
		var failure totest.Shape
		if !errors.As(err, &failure) {
			panic(fmt.Sprintf("%s: %v, %v", what, got, err))
		}
		same(what, failure, shape)
	}
}

// held calls a function that may not begin yet: its arguments wait here.
func held(ctx context.Context) {
	totest.Hold(true)
	type outcome struct {
		entry totest.Entry
		err   error
	}
	done := make(chan outcome)
	const calls = 5
	for i := range calls {
		go func() {
			entry := totest.Entry{Name: strings.Repeat("held ", 100), Count: uint64(i), Tags: []string{fmt.Sprint("tag ", i)}}
			got, err := totest.Wide(ctx, 200, strings.ToLower("GR\u00dc\u00dfE"), entry, wit.None[totest.Shape](), e, f, g)
			same("wide, held", got, entry)
			done <- outcome{got, err}
		}()
	}
	for range 3 {
		wit.Yield()
		runtime.GC()
	}
	select {
	case <-done:
		panic("a call began that was not to begin")
	default:
	}
	totest.Hold(false)
	for range calls {
		check("wide, held", (<-done).err)
	}
}

// stream writes all items at once, and reads two at a time.
func stream[T any](ctx context.Context, what string, call func(context.Context, *wit.StreamReader[T]) (*wit.StreamReader[T], error), items []T) {
	w, r := wit.NewStream[T]()
	back, err := call(ctx, r)
	check(what, err)
	defer back.Close()
	go func() {
		n, err := w.Write(items)
		check(what, err)
		same(what, n, len(items))
		check(what, w.Close())
	}()
	var got []T
	for two := make([]T, 2); ; {
		n, err := back.Read(two)
		got = append(got, two[:n]...)
		if err == io.EOF {
			break
		}
		check(what, err)
	}
	same(what, got, items)
}

func future(ctx context.Context, want wit.Result[totest.Entry, totest.Color]) {
	promise, there := wit.NewFuture(func() (totest.Entry, error) { panic("a promise was forgotten") })
	back, err := totest.EchoResult(ctx, there)
	check("echo-result", err)
	defer back.Close()
	entry, color, ok := want.Get()
	if ok {
		promise.Resolve(entry)
	} else {
		promise.Reject(color)
	}
	got, err := back.Await(ctx)
	var failure totest.Color
	switch {
	case ok:
		check("echo-result", err)
		same("echo-result", got, entry)
	case !errors.As(err, &failure) || failure != color:
		panic(fmt.Sprintf("echo-result of %v: %v, %v", color, got, err))
	}
}

func flatten(ctx context.Context) {
	parts := [][]byte{[]byte("first"), {}, bytes.Repeat([]byte{0, 0xff}, 5000), []byte("last")}
	outer, s := wit.NewStream[*wit.ByteReader]()
	back, err := totest.Flatten(ctx, s)
	check("flatten", err)
	defer back.Close()
	var inner []*wit.ByteReader
	for _, part := range parts {
		w, r := wit.NewByteStream()
		inner = append(inner, r)
		go func() {
			_, err := w.Write(part)
			check("writing a part", err)
			check("closing a part", w.Close())
		}()
	}
	go func() {
		_, err := outer.Write(inner)
		check("writing the parts", err)
		check("closing the parts", outer.Close())
	}()
	got, err := io.ReadAll(back)
	check("flatten", err)
	same("flatten", got, bytes.Join(parts, nil))
}

func check(what string, err error) {
	if err != nil {
		panic(fmt.Sprintf("%s: %v", what, err))
	}
}

func same[T any](what string, got, want T) {
	if !reflect.DeepEqual(got, want) {
		panic(fmt.Sprintf("%s: %.200v, not %.200v", what, got, want))
	}
}
