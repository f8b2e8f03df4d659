// Command runner sends lists and strings there and back: empty ones, large
// ones, nested ones, and the least and greatest elements.
package main

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"

	"example.com/interop/lists/runner/wit/export/runner"
	"example.com/interop/lists/runner/wit/test/lists/totest"
	"tenon.dev/go/wit"
)

// allowance is what the other side may hold more than at the beginning.
const allowance = 16 << 20

type program struct{}

func (program) Run() {
	before := totest.AllocatedBytes()
	// The second time, all memory has been used before.
	for range 2 {
		empties()
		params()
		results()
		numbers()
		bytesAndStrings()
		headers()
	}
	if after := totest.AllocatedBytes(); after > before+allowance {
		panic(fmt.Sprintf("allocated bytes have grown from %d to %d", before, after))
	}
}

func empties() {
	totest.EmptyListParam(nil)
	totest.EmptyListParam([]byte{})
	totest.EmptyStringParam("")
	if got := totest.EmptyListResult(); len(got) != 0 {
		panic(fmt.Sprintf("empty-list-result: %v", got))
	}
	if got := totest.EmptyStringResult(); got != "" {
		panic(fmt.Sprintf("empty-string-result: %q", got))
	}
}

func params() {
	totest.ListParam([]byte{1, 2, 3, 4})
	totest.ListParam2("foo")
	totest.ListParam3([]string{"foo", "bar", "baz"})
	totest.ListParam4([][]string{{"foo", "bar"}, {"baz"}})
	totest.ListParam5([]wit.Tuple3[uint8, uint32, uint8]{{F0: 1, F1: 2, F2: 3}, {F0: 4, F1: 5, F2: 6}})
	large := make([]string, 1000)
	for i := range large {
		large[i] = "string"
	}
	totest.ListParamLarge(large)
}

// results checks that a result stays what it is while others arrive.
func results() {
	list, text, texts := totest.ListResult(), totest.ListResult2(), totest.ListResult3()
	wantList, wantText, wantTexts := bytes.Clone(list), strings.Clone(text), slices.Clone(texts)
	same("list-result", totest.ListResult(), list)
	same("list-result3", totest.ListResult3(), texts)
	if got := totest.ListResult2(); got != wantText || text != wantText {
		panic(fmt.Sprintf("list-result2: %q and %q, not %q", text, got, wantText))
	}
	same("an older list-result", list, wantList)
	same("an older list-result3", texts, wantTexts)
}

func numbers() {
	pair(totest.ListMinmax8, "list-minmax8", []byte{0, math.MaxUint8}, []int8{math.MinInt8, 0, math.MaxInt8})
	pair(totest.ListMinmax16, "list-minmax16",
		[]uint16{0, math.MaxUint16}, []int16{math.MinInt16, 0, math.MaxInt16})
	pair(totest.ListMinmax32, "list-minmax32",
		[]uint32{0, math.MaxUint32}, []int32{math.MinInt32, 0, math.MaxInt32})
	pair(totest.ListMinmax64, "list-minmax64",
		[]uint64{0, math.MaxUint64}, []int64{math.MinInt64, 0, math.MaxInt64})
	pair(totest.ListMinmaxFloat, "list-minmax-float",
		[]float32{-math.MaxFloat32, math.MaxFloat32, math.SmallestNonzeroFloat32, float32(math.Inf(-1)), float32(math.Inf(1))},
		[]float64{-math.MaxFloat64, math.MaxFloat64, math.SmallestNonzeroFloat64, math.Inf(-1), math.Inf(1)})
	nan32, nan64 := totest.ListMinmaxFloat([]float32{float32(math.NaN())}, []float64{math.NaN()})
	if len(nan32) != 1 || nan32[0] == nan32[0] || len(nan64) != 1 || nan64[0] == nan64[0] {
		panic(fmt.Sprintf("list-minmax-float: %v and %v instead of NaN", nan32, nan64))
	}
}

// pair sends two lists there and back: as they are, empty, and one of them
// very long.
func pair[A, B comparable](call func([]A, []B) ([]A, []B), what string, a []A, b []B) {
	long := slices.Repeat(a, 10_000)
	for _, lists := range []struct {
		a []A
		b []B
	}{{a, b}, {nil, b}, {a, nil}, {nil, nil}, {long, b}} {
		gotA, gotB := call(lists.a, lists.b)
		same(what+"'s first", gotA, lists.a)
		same(what+"'s second", gotB, lists.b)
	}
}

func bytesAndStrings() {
	for _, size := range []int{0, 1, 7, 8, 255, 4096, 65_536, 1_000_003} {
		list := make([]byte, size)
		for i := range list {
			list[i] = byte(i * 7)
		}
		same("list-roundtrip", totest.ListRoundtrip(list), list)
	}
	for _, text := range []string{
		"", "x", "hello", "hello \u2691 world", "a\x00b", "\U0001F680\U00020204\U00013000", "\ufffd", "\ufeffx",
		strings.Repeat("\u00fc", 300_000),
	} {
		if got := totest.StringRoundtrip(text); got != text {
			panic(fmt.Sprintf("string-roundtrip of %.40q: %.40q", text, got))
		}
	}
}

func headers() {
	type header = wit.Tuple2[string, []byte]
	lists := [][]header{
		{},
		{{F0: "Content-Type", F1: []byte("text/plain")}, {F0: "Not-Found", F1: []byte("Not Found")}},
		{{F0: "", F1: nil}, {F0: "x-\u00e9", F1: []byte{0, 0x80, 0xff}}},
	}
	many := make([]header, 1000)
	for i := range many {
		many[i] = header{F0: fmt.Sprint("x-", i), F1: bytes.Repeat([]byte{byte(i)}, i%50)}
	}
	for _, want := range append(lists, many) {
		got := totest.WASIHTTPHeadersRoundtrip(want)
		equal := func(a, b header) bool { return a.F0 == b.F0 && bytes.Equal(a.F1, b.F1) }
		if !slices.EqualFunc(got, want, equal) {
			panic(fmt.Sprintf("wasi-http-headers-roundtrip of %.200v: %.200v", want, got))
		}
	}
}

func same[T comparable](what string, got, want []T) {
	if !slices.Equal(got, want) {
		panic(fmt.Sprintf("%s: %.200v, not %.200v", what, got, want))
	}
}

func init() { runner.Export(program{}) }

func main() {}
